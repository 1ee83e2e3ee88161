package gatehouse.idp.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.resource.Admin;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.admin.resource.Schemas;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.sql.Database;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** Brings what is there to what a file says, and says what that changed. Applying a file twice changes nothing. */
public final class ConfigApply {

    private final Database database;
    private final Kinds kinds;
    private final Editor editor;

    /** Applies in this process, as an operator. */
    public ConfigApply(Database database, Kinds kinds, Editor editor) {
        this.database = database;
        this.kinds = kinds;
        this.editor = editor;
    }

    /**
     * Applies {@code file} in one transaction: all of it or nothing.
     *
     * @param dryRun only say what would change
     * @throws InvalidFile if it cannot be applied; nothing has changed then
     */
    public ApplyReport apply(ConfigFile file, boolean dryRun, Deadline deadline) {
        var call = new Editor.Call(Admin.operator("apply"), "", "local", "apply");
        var target = new Object() {
            Optional<DirectTarget> used = Optional.empty();
        };
        var report = database.inTransaction(deadline, transaction -> {
            var direct = new DirectTarget(transaction, kinds, editor, call);
            target.used = Optional.of(direct);
            if (dryRun) {
                transaction.discard();
            }
            return apply(file, direct);
        });
        if (!dryRun) {
            target.used.ifPresent(direct -> direct.committed(deadline));
        }
        return report;
    }

    /**
     * Applies {@code file} to a running server, one resource after the other; stops at the first that is refused.
     *
     * @throws InvalidFile naming what was refused; what came before it has changed
     */
    public static ApplyReport applyRemotely(ConfigFile file, RemoteTarget target) {
        return apply(file, target);
    }

    private static ApplyReport apply(ConfigFile file, ApplyTarget target) {
        var report = new ApplyReport();
        for (var declared : file.declared()) {
            try {
                apply(declared, target, report);
            } catch (InvalidDocument refused) {
                throw file.invalid(declared, refused);
            } catch (ApplyTarget.TargetRefused refused) {
                throw file.invalid(declared, refused.getMessage());
            }
        }
        return report;
    }

    private static void apply(
            ConfigFile.Declared declared, ApplyTarget target, ApplyReport report) {
        var kind = Schemas.of(declared.path()).schema().name();
        var document = declared.document();
        var known = target.find(declared.path(), declared.issuer(), document);
        if (known.isEmpty()) {
            target.create(declared.path(), declared.issuer(), document);
            report.created(kind, declared.key());
            return;
        }
        ObjectNode before = known.get().document();
        var now = target.patch(declared.path(), declared.issuer(), known.get(), document);
        if (now.fields().isEmpty()) {
            report.unchanged();
        } else {
            report.changed(kind, declared.key(), before, now);
        }
    }
}
