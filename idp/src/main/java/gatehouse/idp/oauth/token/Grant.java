package gatehouse.idp.oauth.token;

/** One way to be given tokens. */
public interface Grant {

    /** Its {@code grant_type}. */
    String type();

    /** What the call is allowed; a refusal otherwise. */
    Authorization authorize(TokenCall call);
}
