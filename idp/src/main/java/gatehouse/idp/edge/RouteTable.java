package gatehouse.idp.edge;

import gatehouse.idp.http.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds the route of a method and path: whole paths by map, patterns segment by segment. Immutable. */
final class RouteTable {

    /** A route and what its {@code {name}} segments stand for. */
    record Match(Route route, Map<String, String> pathParameters) {}

    private record Pattern(Route route, String[] segments) {}

    private final Map<String, Map<String, Route>> exact = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();

    RouteTable(List<Route> routes) {
        for (var route : routes) {
            if (route.path().indexOf('{') < 0) {
                var replaced = exact.computeIfAbsent(route.path(), _ -> new HashMap<>()).put(route.method(), route);
                if (replaced != null) {
                    throw new IllegalStateException("two routes for " + route.method() + ' ' + route.path());
                }
            } else {
                patterns.add(new Pattern(route, route.path().split("/", -1)));
            }
        }
    }

    /** The route, or null: {@link #methodsOf} then tells 404 from 405. Asked on the event loop for every request. */
    Match find(String method, String path) {
        var wanted = method.equals("HEAD") ? "GET" : method;
        var byMethod = exact.get(path);
        if (byMethod != null) {
            var route = byMethod.get(wanted);
            return route == null ? null : new Match(route, Map.of());
        }
        var segments = path.split("/", -1);
        for (var pattern : patterns) {
            if (pattern.route().method().equals(wanted)) {
                var parameters = match(pattern.segments(), segments);
                if (parameters != null) {
                    return new Match(pattern.route(), parameters);
                }
            }
        }
        return null;
    }

    /** The methods that {@code path} has, sorted; empty if there is no such path. */
    List<String> methodsOf(String path) {
        var methods = new TreeSet<>(exact.getOrDefault(path, Map.of()).keySet());
        var segments = path.split("/", -1);
        for (var pattern : patterns) {
            if (match(pattern.segments(), segments) != null) {
                methods.add(pattern.route().method());
            }
        }
        return List.copyOf(methods);
    }

    private static Map<String, String> match(String[] pattern, String[] path) {
        var rest = pattern[pattern.length - 1].endsWith("*}");
        if (rest ? path.length < pattern.length : path.length != pattern.length) {
            return null;
        }
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < pattern.length; i++) {
            var wanted = pattern[i];
            if (wanted.startsWith("{")) {
                var last = rest && i == pattern.length - 1;
                var value = last ? String.join("/", List.of(path).subList(i, path.length)) : path[i];
                if (value.isEmpty()) {
                    return null;
                }
                var name = wanted.substring(1, wanted.length() - (last ? 2 : 1));
                try {
                    parameters.put(name, PathSegment.decode(value));
                } catch (IllegalArgumentException malformed) {
                    return null;
                }
            } else if (!wanted.equals(path[i])) {
                return null;
            }
        }
        return parameters;
    }
}
