package gatehouse.idp.http;

/**
 * One method and path, and who answers it.
 *
 * @param method   HTTP method; HEAD is answered by GET's endpoint
 * @param path     path within the issuer; {@code {name}} stands for one segment
 * @param scope    where the path exists
 * @param journey  budget and metrics
 * @param cors     which browsers' scripts may read the answer
 * @param voice    how it says no
 * @param endpoint who answers
 * @param inline   answered on the event loop: only for endpoints that never wait (prebuilt documents)
 */
public record Route(
        String method,
        String path,
        Scope scope,
        Journey journey,
        Cors cors,
        Voice voice,
        Endpoint endpoint,
        boolean inline) {

    /** Where a path exists. */
    public enum Scope {
        /** Once for every issuer, under its URL. */
        ISSUER,
        /** Once for the deployment, under its public URL. */
        DEPLOYMENT
    }

    /** Cross-origin reading (Fetch standard). */
    public enum Cors {
        /** Not from another origin: pages. */
        NONE,
        /** Any origin, without credentials: public documents and token endpoints used by scripts. */
        ANY_ORIGIN
    }

    /** A route of every issuer, answered on a virtual thread, closed to other origins. */
    public static Route of(String method, String path, Journey journey, Voice voice, Endpoint endpoint) {
        return new Route(method, path, Scope.ISSUER, journey, Cors.NONE, voice, endpoint, false);
    }

    /** This route, readable by scripts of any origin. */
    public Route anyOrigin() {
        return new Route(method, path, scope, journey, Cors.ANY_ORIGIN, voice, endpoint, inline);
    }

    /** This route, once for the deployment. */
    public Route deploymentWide() {
        return new Route(method, path, Scope.DEPLOYMENT, journey, cors, voice, endpoint, inline);
    }

    /** This route, answered on the event loop. */
    public Route answeredInline() {
        return new Route(method, path, scope, journey, cors, voice, endpoint, true);
    }
}
