package gatehouse.idp.boot.command;

import java.io.PrintWriter;

/** The line that says a server answers, for people and for scripts that wait for it. */
final class Announcement {

    private Announcement() {}

    /** Gives back the memory that only the start has needed, and says that {@code url} answers. */
    static void ready(PrintWriter out, String url) {
        // A start leaves twice as much behind as the server lives on, and an idle one would not collect it for hours.
        System.gc();
        out.println("Gatehouse is ready: " + url);
        out.flush();
    }
}
