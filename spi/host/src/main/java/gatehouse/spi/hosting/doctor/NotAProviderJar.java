package gatehouse.spi.hosting.doctor;

/** A file that cannot be judged, because it is no jar of classes that this Java can read. */
final class NotAProviderJar extends RuntimeException {

    NotAProviderJar(String why) {
        super(why, null, false, false);
    }
}
