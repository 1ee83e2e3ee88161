package gatehouse.idp.portal;

import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Fetches what a customer named, through the guarded way out, and says in a word what is wrong with it. */
final class Fetching {

    /** Kept back from the wait, so that there is time left to say that the other side was too slow. */
    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(1);

    private final HttpCaller http;

    Fetching(HttpCaller http) {
        this.http = http;
    }

    /** The document at {@code address}. @throws Troubled if there is none */
    byte[] get(String address, String accept, Deadline deadline) {
        var uri = uri(address);
        try {
            var answer = http.get(uri, Map.of("accept", accept), deadline.within(
                    deadline.remaining().minus(TIME_TO_ANSWER)));
            if (answer.status() == 401 || answer.status() == 403) {
                throw new Troubled("login_needed", Integer.toString(answer.status()));
            }
            if (answer.status() != 200) {
                throw new Troubled("status", Integer.toString(answer.status()));
            }
            return answer.body();
        } catch (DeadlineExceeded late) {
            throw new Troubled("timed_out", uri.getHost());
        } catch (OutboundRefused refused) {
            throw new Troubled(switch (refused.cause()) {
                case SCHEME_NOT_ALLOWED -> "scheme";
                case ADDRESS_NOT_ALLOWED -> "host_blocked";
                case UNRESOLVED -> "host_unknown";
                case UNREACHABLE -> "unreachable";
                case TIMED_OUT -> "timed_out";
                case TOO_LARGE -> "too_large";
                case TOO_MANY_REDIRECTS -> "redirects";
                case MALFORMED -> "address";
            }, uri.getHost());
        }
    }

    private static URI uri(String address) {
        if (address.contains("{") || address.contains("<")) {
            throw new Troubled("placeholder", address);
        }
        try {
            var uri = new URI(address);
            if (uri.getHost() == null || uri.getRawUserInfo() != null) {
                throw new Troubled("address", address);
            }
            return uri;
        } catch (URISyntaxException malformed) {
            throw new Troubled("address", address);
        }
    }

    /** Something that cannot be used, in a word that the messages know. */
    static final class Troubled extends RuntimeException {

        private final Screen.Trouble trouble;

        Troubled(String word, String about) {
            this(new Screen.Trouble(word, about, Optional.empty()));
        }

        Troubled(Screen.Trouble trouble) {
            super(trouble.word(), null, false, false);
            this.trouble = trouble;
        }

        Screen.Trouble trouble() {
            return trouble;
        }
    }
}
