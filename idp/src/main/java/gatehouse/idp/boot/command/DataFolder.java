package gatehouse.idp.boot.command;

import java.nio.file.Path;

/** Where embedded stores keep their data: {@code .gatehouse} beside the launcher, or in the working directory. */
final class DataFolder {

    private DataFolder() {}

    static Path path() {
        return Path.of(System.getProperty("gatehouse.data", ".gatehouse"));
    }
}
