package gatehouse.idp.login;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.tenancy.Connection;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** Takes answers to sign-ins that are only tried out. They come to the same address, and never become a login. */
public interface Trials {

    /** Judges and keeps what came back, and sends the browser to the verdict; empty if nobody tries this. */
    Optional<Reply> arrive(Connection connection, Request request, Deadline deadline);

    /** Where nobody tries anything. */
    static Trials none() {
        return (_, _, _) -> Optional.empty();
    }
}
