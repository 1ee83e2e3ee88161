package gatehouse.idp.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Forms with a file in them ({@code multipart/form-data}, RFC 7578), out of a body that was read within limits. A file
 * becomes a text like any other field: what is uploaded here is text, in UTF-8.
 */
public final class Multipart {

    /** Parts read at most; more are refused. */
    public static final int PARTS_MAX = 50;

    private static final int HEADERS_LENGTH_MAX = 2_048;
    private static final Pattern BOUNDARY =
            Pattern.compile("^multipart/form-data\\s*;.*?boundary=\"?([A-Za-z0-9'()+_,./:=?-]{1,70})\"?\\s*(?:;.*)?$",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:\\s*form-data;.*?\\bname=\"([^\"]*)\"");

    private Multipart() {}

    /**
     * The form that {@code request} brings, as {@code multipart/form-data} or as {@link Request#form()}.
     *
     * @throws BadRequest if it is neither, malformed, or has more than {@link #PARTS_MAX} parts
     */
    public static Form form(Request request) {
        var type = request.header("content-type").orElse("");
        var boundary = BOUNDARY.matcher(type.strip());
        return boundary.matches() ? read(request.body(), boundary.group(1)) : request.form();
    }

    private static Form read(byte[] body, String boundary) {
        // One octet, one character: nothing is lost, and positions are those of the body.
        var text = new String(body, StandardCharsets.ISO_8859_1);
        var delimiter = "--" + boundary;
        if (!text.startsWith(delimiter)) {
            throw malformed();
        }
        var values = new LinkedHashMap<String, List<String>>();
        int at = delimiter.length();
        int parts = 0;
        while (text.startsWith("\r\n", at)) {
            if (++parts > PARTS_MAX) {
                throw new BadRequest(BadRequest.Reason.TOO_MANY_PARAMETERS, "more than " + PARTS_MAX + " parts");
            }
            int head = text.indexOf("\r\n\r\n", at + 2);
            int end = head < 0 ? -1 : text.indexOf("\r\n" + delimiter, head + 2);
            if (end < 0 || head - at > HEADERS_LENGTH_MAX) {
                throw malformed();
            }
            var name = NAME.matcher(utf8(text.substring(at + 2, head)));
            if (!name.find()) {
                throw malformed();
            }
            var value = end < head + 4 ? "" : utf8(text.substring(head + 4, end));
            if (value.indexOf('\0') >= 0) {
                throw malformed();
            }
            values.computeIfAbsent(name.group(1), _ -> new ArrayList<>(1)).add(value);
            at = end + 2 + delimiter.length();
        }
        if (!text.startsWith("--", at)) {
            throw malformed();
        }
        return Form.of(values);
    }

    private static String utf8(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static BadRequest malformed() {
        return new BadRequest(BadRequest.Reason.MALFORMED_PARAMETERS, "the body is not multipart/form-data");
    }
}
