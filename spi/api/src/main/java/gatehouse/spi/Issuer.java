package gatehouse.spi;

import java.util.regex.Pattern;

/**
 * One authorization server and SAML entity of this deployment.
 *
 * @param name short name and key of everything that belongs to it; {@link #ROOT} for the issuer at the root
 * @param url  issuer identifier as clients compare it (RFC 8414 §2): no trailing slash, no query, no fragment
 */
public record Issuer(String name, String url) {

    /** Name of the issuer at the root of the public URL. */
    public static final String ROOT = "main";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Issuer {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("an issuer's name is 1 to 63 of a-z, 0-9 and -");
        }
        if (url.endsWith("/") || url.indexOf('?') >= 0 || url.indexOf('#') >= 0) {
            throw new IllegalArgumentException("an issuer's url has no trailing slash, query or fragment");
        }
    }

    /** The issuer named {@code name} of the deployment whose public URL is {@code publicUrl}. */
    public static Issuer of(String name, String publicUrl) {
        return new Issuer(name, name.equals(ROOT) ? publicUrl : publicUrl + "/realms/" + name);
    }

    /** The absolute URL of {@code path} (which begins with a slash) under this issuer. */
    public String at(String path) {
        return url + path;
    }
}
