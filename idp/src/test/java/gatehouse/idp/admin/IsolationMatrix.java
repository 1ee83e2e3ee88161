package gatehouse.idp.admin;

import gatehouse.idp.sql.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The generator of tenant isolation tests: every route, called by an administrator of one organization, with every
 * disagreement between what the URL, the query, the body and the proof of who calls say about the organization.
 */
public final class IsolationMatrix {

    private IsolationMatrix() {}

    /** Where two parts of a call name different organizations. */
    public enum Disagreement {
        /** The path names what belongs to the other. */
        PATH,
        /** The path names what belongs to the other, the query one's own. */
        PATH_AGAINST_QUERY,
        /** The path names one's own, the query the other. */
        QUERY,
        /** The path names one's own, the body the other. */
        BODY,
        /** Everything names the other. */
        ALL,
        /** The same names, in another issuer. */
        ISSUER
    }

    /**
     * Everything that is stored for {@code organization}, except the audit trail, as text: equal before and after what
     * must have no effect.
     */
    public static List<String> stored(Database database, String organization) {
        return database.read(TestAdmin.soon(), sql -> {
            var columns = new TreeMap<String, Boolean>();
            sql.createQuery("SELECT table_name, bool_or(column_name = 'organization') FROM information_schema.columns"
                            + " WHERE table_schema = current_schema() GROUP BY table_name")
                    .map((row, _) -> columns.put(row.getString(1), row.getBoolean(2))).list();
            var rows = new ArrayList<String>();
            columns.forEach((table, ofOrganization) -> {
                if (ofOrganization && !table.equals("audit_event")) {
                    sql.createQuery("SELECT t::text FROM " + table + " t WHERE organization = :own ORDER BY 1")
                            .bind("own", organization).mapTo(String.class).forEach(row -> rows.add(table + row));
                }
            });
            return rows;
        });
    }

    /** A new resource of {@code kind} for {@code organization}. */
    static String made(String kind, String organization) {
        return switch (kind) {
            case "issuers" -> "{\"name\":\"new\",\"display_name\":\"N\"}";
            case "organizations" -> "{\"id\":\"new\",\"display_name\":\"N\"}";
            case "domains" -> "{\"name\":\"new.example\",\"organization\":\"ORG\"}".replace("ORG", organization);
            case "connections" -> "{\"type\":\"saml\",\"display_name\":\"N\",\"organization\":\"ORG\"}"
                    .replace("ORG", organization);
            case "clients" ->
                    "{\"client_name\":\"N\",\"redirect_uris\":[\"https://x.example/\"],\"organization\":\"ORG\"}"
                    .replace("ORG", organization);
            case "service-providers" -> """
                    {"entity_id":"new","display_name":"N","assertion_consumer_services":["https://x.example/"],
                     "organization":"ORG"}""".replace("ORG", organization);
            case "webhooks" -> "{\"url\":\"https://x.example/\",\"organization\":\"ORG\"}".replace("ORG", organization);
            case "users" -> "{\"email\":\"new@x.example\",\"organization\":\"ORG\"}".replace("ORG", organization);
            default -> throw new IllegalStateException(kind);
        };
    }
}
