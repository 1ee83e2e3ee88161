package gatehouse.idp.page;

import gatehouse.idp.http.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;

/** Chooses a page's language: {@code ui_locales}, then {@code Accept-Language} (RFC 4647 §3.4 lookup), then English. */
final class Languages {

    private static final int LENGTH_MAX = 256;
    private static final int RANGES_MAX = 16;

    private final Collection<String> offered;

    Languages(Collection<String> offered) {
        this.offered = offered;
    }

    String choose(List<String> uiLocales, Request request) {
        var wanted = new ArrayList<LanguageRange>();
        uiLocales.stream().limit(RANGES_MAX).forEach(locale -> wanted.addAll(parse(locale)));
        var asked = Locale.lookupTag(wanted, offered);
        if (asked != null) {
            return asked;
        }
        var accepted = Locale.lookupTag(request.header("accept-language").map(Languages::parse).orElse(List.of()),
                offered);
        return accepted == null ? Messages.FALLBACK : accepted;
    }

    private static List<LanguageRange> parse(String ranges) {
        if (ranges.isBlank() || ranges.length() > LENGTH_MAX) {
            return List.of();
        }
        try {
            return LanguageRange.parse(ranges);
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }
}
