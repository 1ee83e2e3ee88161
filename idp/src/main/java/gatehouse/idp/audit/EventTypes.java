package gatehouse.idp.audit;

import gatehouse.spi.ClientId;
import gatehouse.spi.UserId;
import gatehouse.spi.event.LoginEvent;
import java.util.Optional;

/** What happened, in the words of {@link LoginEvent#type()}: those that Keycloak's listeners know. */
final class EventTypes {

    private static final String GRANT_TYPE = "grant_type";

    private EventTypes() {
    }

    /** The event as listeners are told; empty if it is not about anybody's login. */
    static Optional<LoginEvent> of(AuditRecord record, String id) {
        var event = record.event();
        return type(event).map(type -> new LoginEvent(id, record.at(), type, event.issuer(),
                event.client().map(ClientId::value), event.user().map(UserId::value), event.session(),
                event.address(), event.reason(), event.details()));
    }

    private static Optional<String> type(AuditEvent event) {
        return switch (event.action()) {
            case LOGIN_SUCCEEDED -> Optional.of("LOGIN");
            case LOGIN_REFUSED -> Optional.of("LOGIN_ERROR");
            case LOGOUT_FINISHED -> Optional.of("LOGOUT");
            case LOGOUT_REFUSED -> Optional.of("LOGOUT_ERROR");
            case SESSION_ENDED -> Optional.of("USER_SESSION_DELETED");
            case TOKEN_ISSUED -> Optional.of(grant(event));
            case TOKEN_REFRESHED -> Optional.of("REFRESH_TOKEN");
            case TOKEN_REFUSED -> Optional.of(grant(event) + "_ERROR");
            case TOKEN_REVOKED -> Optional.of("REVOKE_GRANT");
            case CODE_REPLAYED -> Optional.of("CODE_TO_TOKEN_ERROR");
            case REFRESH_REPLAYED -> Optional.of("REFRESH_TOKEN_ERROR");
            case CLIENT_REFUSED -> Optional.of("CLIENT_LOGIN_ERROR");
            case USER_LINKED -> Optional.of("FEDERATED_IDENTITY_LINK");
            case USER_PROVISIONED -> Optional.of("REGISTER");
            case USER_REKEYED -> Optional.of("UPDATE_PROFILE");
            case KEY_ROTATED, ADMIN_CREATED, ADMIN_CHANGED, ADMIN_DELETED, ADMIN_REFUSED, CONNECTION_STATE_CHANGED,
                    DOMAIN_VERIFIED, DOMAIN_FAILING, DOMAIN_FELL,
                    ENFORCEMENT_ROLLED_BACK, BREAKGLASS_NAMED, BREAKGLASS_CONFIRMED, BREAKGLASS_ACTIVATED,
                    BREAKGLASS_USED ->
                Optional.empty();
            case METADATA_APPLIED, METADATA_HELD, METADATA_APPROVED, METADATA_REJECTED, METADATA_FAILED,
                    CERTIFICATE_EXPIRING, CERTIFICATE_EXPIRED, WEBHOOK_DISABLED -> Optional.empty();
        };
    }

    private static String grant(AuditEvent event) {
        return switch (event.details().getOrDefault(GRANT_TYPE, "authorization_code")) {
            case "client_credentials" -> "CLIENT_LOGIN";
            case "refresh_token" -> "REFRESH_TOKEN";
            default -> "CODE_TO_TOKEN";
        };
    }
}
