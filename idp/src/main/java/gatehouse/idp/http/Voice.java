package gatehouse.idp.http;

/** How a route says no, in its protocol's own form: OAuth JSON, problem+json, or a page. Must not throw or wait. */
public interface Voice {

    /** Words an expected "no". */
    Reply refuse(Refusal refusal, Request request);

    /** 503 with {@code Retry-After}: overload, a spent budget, or a store that cannot answer. Says nothing about the request. */
    Reply unavailable(Request request);

    /** 500: a bug. Shows the request's trace id and nothing else. */
    Reply fault(Request request);
}
