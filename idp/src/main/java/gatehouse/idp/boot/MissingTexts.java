package gatehouse.idp.boot;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once for each message key that a theme has no text for it. */
final class MissingTexts implements Consumer<String> {

    private static final Logger LOG = LoggerFactory.getLogger(MissingTexts.class);
    private static final int TOLD_MAX = 1_000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    @Override
    public void accept(String key) {
        if (told.size() < TOLD_MAX && told.add(key)) {
            LOG.warn("the theme has no text for {}", key);
        }
    }
}
