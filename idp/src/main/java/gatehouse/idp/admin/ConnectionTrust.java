package gatehouse.idp.admin;

import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.watch.SettingsDrift;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Asks an organization's administrator before a change of settings lowers what a connection trusts. Operators are not
 * asked: what they declare in files is applied again and again, and comes out the same.
 */
final class ConnectionTrust implements ResourceOperations.Guard<Connection> {

    private static final Operation.Parameter ACCEPT = new Operation.Parameter("accept", "string",
            "The change that is accepted although it lowers the connection's security: the id that the refusal, or a"
                    + " dry run, named. Operators are not asked.");

    private final SettingsDrift drift;

    ConnectionTrust(SettingsDrift drift) {
        this.drift = drift;
    }

    @Override
    public List<Operation.Parameter> parameters() {
        return List.of(ACCEPT);
    }

    @Override
    public void require(Handle sql, AdminCall call, Connection before, Connection after) {
        if (!call.admin().isOperator()) {
            TrustQuestion.ask(drift.between(sql, before, after.settings()), "The change",
                    call.request().query().optional(ACCEPT.name()).orElse(""), "the parameter accept=%s");
        }
    }
}
