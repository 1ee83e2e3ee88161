package gatehouse.spi.host;

/** Way into the isolated loader: implemented inside it, found there by {@link java.util.ServiceLoader}. */
public interface ProviderRealmEntry {

    /** Starts every provider that {@code setting} brings. One that fails to start is reported, never thrown. */
    ProviderRealm open(RealmSetting setting);
}
