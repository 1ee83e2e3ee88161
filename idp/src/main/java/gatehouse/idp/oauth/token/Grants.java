package gatehouse.idp.oauth.token;

import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The grants of this server, by type. */
public final class Grants {

    private final List<String> types;
    private final Map<String, Grant> byType;

    public Grants(List<Grant> grants) {
        this.types = grants.stream().map(Grant::type).toList();
        this.byType = grants.stream().collect(Collectors.toUnmodifiableMap(Grant::type, Function.identity()));
    }

    /** The grant named {@code type}. */
    public Grant require(String type) {
        var grant = byType.get(type);
        if (grant == null) {
            throw OAuthError.of(ErrorCode.UNSUPPORTED_GRANT_TYPE, Reason.GRANT_UNSUPPORTED,
                    "This grant type is not supported.");
        }
        return grant;
    }

    /** All types, in the order they were listed. */
    public List<String> types() {
        return types;
    }
}
