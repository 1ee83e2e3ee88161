package gatehouse.spi.keycloak;

import gatehouse.spi.keycloak.model.HostedDirectory;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.jpa.entities.RealmAttributeEntity;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.provider.ProviderFactory;

/**
 * An entity manager without a database. It answers one query, the attributes of a realm by a pattern of their names,
 * because listeners keep their configuration there and Keycloak's own interface cannot search; every other use is
 * refused by name.
 */
final class RealmAttributesOnly implements ProviderFactory<JpaConnectionProvider>, JpaConnectionProvider {

    private static final String ANSWERED = "SELECT ra FROM RealmAttributeEntity ra "
            + "WHERE ra.realm.name = :realm AND ra.name LIKE :name ORDER BY ra.name";

    private final HostedDirectory directory;
    private final EntityManager entityManager = Hosted.as(EntityManager.class, new Answers());

    RealmAttributesOnly(HostedDirectory directory) {
        this.directory = directory;
    }

    @Override
    public EntityManager getEntityManager() {
        return entityManager;
    }

    /** What is supported of {@link EntityManager}. */
    public final class Answers {

        public <T> TypedQuery<T> createQuery(String query, Class<T> type) {
            if (type != RealmAttributeEntity.class || !query.strip().replaceAll("\\s+", " ").equals(ANSWERED)) {
                throw new UnsupportedByHost("the JPA query for " + type.getSimpleName());
            }
            var attributes = new AttributeQuery();
            @SuppressWarnings("unchecked") // the type was just compared
            var answer = (TypedQuery<T>) attributes.self;
            return answer;
        }
    }

    /** What is supported of {@link TypedQuery}. */
    public final class AttributeQuery {

        private final Map<String, Object> parameters = new HashMap<>();
        private final TypedQuery<?> self = Hosted.as(TypedQuery.class, this);

        public TypedQuery<?> setParameter(String name, Object value) {
            parameters.put(name, value);
            return self;
        }

        public Stream<RealmAttributeEntity> getResultStream() {
            return getResultList().stream();
        }

        public List<RealmAttributeEntity> getResultList() {
            var realm = directory.realm((String) parameters.get("realm"));
            var pattern = like((String) parameters.get("name"));
            var entity = new RealmEntity();
            entity.setId(realm.getId());
            entity.setName(realm.getName());
            return realm.getAttributes().entrySet().stream()
                    .filter(attribute -> pattern.matcher(attribute.getKey()).matches())
                    .sorted(Map.Entry.comparingByKey())
                    .map(attribute -> attribute(entity, attribute.getKey(), attribute.getValue())).toList();
        }
    }

    private static RealmAttributeEntity attribute(RealmEntity realm, String name, String value) {
        var attribute = new RealmAttributeEntity();
        attribute.setRealm(realm);
        attribute.setName(name);
        attribute.setValue(value);
        return attribute;
    }

    /** SQL's LIKE: {@code %} stands for any characters, {@code _} for one. */
    private static Pattern like(String pattern) {
        return Pattern.compile(pattern.chars().mapToObj(character -> switch (character) {
            case '%' -> ".*";
            case '_' -> ".";
            default -> Pattern.quote(Character.toString(character));
        }).collect(Collectors.joining()), Pattern.DOTALL);
    }

    @Override
    public JpaConnectionProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public void init(Config.Scope config) {
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
    }

    @Override
    public void close() {
    }

    @Override
    public String getId() {
        return "realm-attributes";
    }
}
