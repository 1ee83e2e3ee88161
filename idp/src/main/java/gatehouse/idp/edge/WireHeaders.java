package gatehouse.idp.edge;

import gatehouse.idp.http.Headers;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/** The header fields of a received request; nobody changes them after it was read. */
record WireHeaders(MultiMap fields) implements Headers {

    @Override
    public Optional<String> first(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    @Override
    public List<String> all(String name) {
        return fields.getAll(name);
    }
}
