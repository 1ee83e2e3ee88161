package gatehouse.idp.e2e;

import gatehouse.idp.e2e.RawHttp.Sent;
import java.util.List;
import java.util.function.Function;

/** What is done to an address: each makes a request of a path. */
enum Malice {
    BAD_PERCENT(path -> Sent.get(path + "?client_id=%zz&state=%")),
    NUL_IN_QUERY(path -> Sent.get(path + "?client_id=demo%00app&state=%00&SAMLRequest=%00")),
    NOT_UTF8_IN_QUERY(path -> Sent.get(path + "?client_id=%ff%fe&redirect_uri=%c0%af&state=%ed%a0%80")),
    NEW_LINE_IN_QUERY(path -> Sent.get(path + "?client_id=a%0d%0aSet-Cookie:%20a=b&redirect_uri=%0d%0aLocation:x")),
    REPEATED(path -> Sent.get(path + "?client_id=demo-app&client_id=demo-app&response_type=code&response_type=token"
            + "&SAMLRequest=a&SAMLRequest=b&code=a&code=b&state=a&state=b&id_token_hint=a&id_token_hint=b")),
    MANY_PARAMETERS(path -> Sent.get(path + "?" + "a=1&".repeat(1_000))),
    LONG_VALUE(path -> Sent.get(path + "?client_id=" + Text.LONG.substring(0, 12_000))),
    LONG_QUERY(path -> Sent.get(path + "?client_id=" + Text.LONG)),
    OPEN_REDIRECT(path ->
            Sent.get(path + "?client_id=demo-app&response_type=code&redirect_uri=https://evil.example/"
            + "&post_logout_redirect_uri=https://evil.example/&RelayState=https://evil.example/&target=//evil.example"
            + "&return=https://evil.example&next=%2f%2fevil.example")),
    SCRIPT(path ->
            Sent.get(path + "?client_id=%3Cscript%3Ealert(1)%3C/script%3E&ui_locales=%22%3E%3Csvg%20onload=x%3E"
            + "&error=x&error_description=%3Cscript%3Ealert(1)%3C/script%3E&login_hint=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")),
    HOST(path -> Sent.get(path).with("Host: evil.example")),
    FORWARDED_HOST(path -> Sent.get(path).with("X-Forwarded-Host: evil.example").with("X-Forwarded-Proto: https")
            .with("Forwarded: host=evil.example;proto=https").with("X-Original-URL: /admin/v1/clients")
            .with("X-Forwarded-Prefix: /evil.example").with("X-Forwarded-For: evil.example")),
    BASIC_NONSENSE(path -> Sent.form(path, "grant_type=client_credentials").with("Authorization: Basic %%%")),
    BASIC_BYTES(path -> Sent.form(path, "grant_type=client_credentials").with("Authorization: Basic /////w==")),
    BASIC_NUL(path -> Sent.form(path, "grant_type=client_credentials")
            .with("Authorization: Basic ZGVtbwBhcHA6eA==")),
    BEARER_NOTHING(path -> Sent.get(path).with("Authorization: Bearer ")),
    BEARER_BYTES(path -> Sent.get(path).with("Authorization: Bearer " + Text.NOT_UTF8)),
    BEARER_NOT_JWT(path -> Sent.get(path).with("Authorization: Bearer eyJ.eyJ.x")),
    BEARER_TWICE(path -> Sent.get(path).with("Authorization: Bearer a").with("Authorization: Bearer b")),
    COOKIES(path -> Sent.get(path).with("Cookie: =;;; a; gh-sid-main=" + Text.NOT_UTF8 + "; gh-browser-main=%00; "
            + "gh-sid-main=" + Text.LONG.substring(0, 8_000))),
    TRACE_PARENT(path -> Sent.get(path).with("traceparent: 00-<script>alert(1)</script>-x-01")),
    ACCEPT_NONSENSE(path -> Sent.get(path).with("Accept-Language: " + "de;q=x,".repeat(1_000))),
    JSON_BODY(path -> new Sent("POST", path, List.of("Content-Type: application/json"), "{\"grant_type\":[{}]}")),
    DEEP_JSON(path -> new Sent("POST", path, List.of("Content-Type: application/json"), "[".repeat(50_000))),
    MULTIPART(path -> new Sent("POST", path, List.of("Content-Type: multipart/form-data; boundary=x"),
            "--x\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\nx\r\n--x--")),
    NO_TYPE(path -> new Sent("POST", path, List.of(), "grant_type=x")),
    FORM_BAD_PERCENT(path -> Sent.form(path, "grant_type=%zz")),
    FORM_NUL(path -> Sent.form(path, "grant_type=\u0000&token=\u0000&client_id=\u0000&SAMLResponse=\u0000")),
    FORM_NOT_UTF8(path -> Sent.form(path, "grant_type=" + Text.NOT_UTF8 + "&token=" + Text.NOT_UTF8 + "&password="
            + Text.NOT_UTF8)),
    FORM_REPEATED(path -> Sent.form(path, "grant_type=client_credentials&grant_type=refresh_token&token=a&token=b"
            + "&client_id=demo-service&client_id=demo-app&SAMLResponse=a&SAMLResponse=b")),
    FORM_MANY(path -> Sent.form(path, "a=1&".repeat(10_000))),
    FORM_HUGE(path -> Sent.form(path, Text.HUGE)),
    FORM_HUGE_CHUNKED(path -> Sent.form(path, Text.HUGE).with("Transfer-Encoding: chunked")),
    SAML_BOMB(path -> Sent.form(path, "RelayState=x&SAMLResponse="
            + "PCFET0NUWVBFIGEgWzwhRU5USVRZIGEgU1lTVEVNICJmaWxl"
            + "Oi8vL2V0Yy9wYXNzd2QiPl0%2BPGE%2BJmE7PC9hPg%3D%3D&SAMLRequest=PGEvPg%3D%3D")),
    ANNOUNCED_HUGE(path -> Sent.form(path, "a=b").with("Content-Length: 99999999999")),
    PUT(path -> new Sent("PUT", path, List.of(), "")),
    DELETE(path -> new Sent("DELETE", path, List.of(), "")),
    PATCH(path -> new Sent("PATCH", path, List.of("Content-Type: application/json"), "{}")),
    TRACE_METHOD(path -> new Sent("TRACE", path, List.of(), "")),
    UNKNOWN_METHOD(path -> new Sent("BREW", path, List.of(), "")),
    TRAILING_SLASH(path -> Sent.get(path + "/")),
    DOUBLE_SLASH(path -> Sent.get("/" + path)),
    DOTS(path -> Sent.get(path + "/..%2f..%2fetc/passwd")),
    NUL_IN_PATH(path -> Sent.get(path + "%00")),
    BAD_PATH(path -> Sent.get(path + "%zz%ff")),
    UNDER_NO_ISSUER(path -> Sent.get("/realms/%2e%2e" + path)),
    SEMICOLON(path -> Sent.get(path + ";jsessionid=1"));

    private final Function<String, Sent> request;

    Malice(Function<String, Sent> request) {
        this.request = request;
    }

    Sent of(String path) {
        return request.apply(path);
    }

    /** An enum's values are made before its own constants. */
    private static final class Text {
        private static final String LONG = "x".repeat(20_000);
        private static final String HUGE = "a=" + "x".repeat(300_000);
        private static final String NOT_UTF8 = "\u00ff\u00fe\u00c0\u00af\u00ed\u00a0\u0080";
    }
}
