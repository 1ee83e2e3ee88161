package gatehouse.loadtests.load;

import java.util.OptionalDouble;

/**
 * What is known about one journey against one server.
 *
 * @param saturation           as many as are carried; throughput and cost are taken from it
 * @param sustainablePerSecond highest open-loop rate tried that the server kept up with
 * @param half                 open loop at half of that rate, or at the rate that was asked for
 */
public record Result(String journey, Trial saturation, OptionalDouble sustainablePerSecond, Trial half) {

    /** A journey that could not even be prepared: an invalid row that says why. */
    public static Result impossible(String journey, String reason) {
        return new Result(journey, Trial.impossible(reason), OptionalDouble.empty(), Trial.impossible(reason));
    }

    public boolean isValid() {
        return saturation.isValid() && half.isValid();
    }
}
