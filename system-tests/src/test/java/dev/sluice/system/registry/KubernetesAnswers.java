package dev.sluice.system.registry;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the mock answers, but for two things: it can be told to refuse; and it tells watchers over WebSockets only, which the client
 * of Spring Cloud does not speak. Each of its watches ends after a moment with the word that an API server has for a history that
 * it does not keep any more, whereupon the client lists anew.
 */
final class KubernetesAnswers extends KubernetesCrudDispatcher {

    private static final Pattern OF_THE_NAMESPACE =
            Pattern.compile("/api/v1/namespaces/" + KubernetesApi.NAMESPACE + "/(\\w+)(/.*)?");
    private static final String GONE = """
            {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
              "message": "too old resource version", "reason": "Expired", "code": 410}}
            """.replace("\n", "") + "\n";
    private static final int AS_IT_IS = 200;

    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile int code = AS_IT_IS;

    void refuseWith(int newCode) {
        code = newCode;
        refused.set(0);
    }

    int refused() {
        return refused.get();
    }

    Set<String> asked() {
        return new TreeSet<>(asked);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String path = String.valueOf(request.getPath());
        if (String.valueOf(request.getMethod()).contains("GET")) {
            asked.add(resource(path.replaceFirst("\\?.*", "")));
        }
        if (code != AS_IT_IS) {
            refused.incrementAndGet();
            return new MockResponse().setResponseCode(code).setBody("{\"kind\": \"Status\", \"code\": " + code + "}");
        }
        return path.contains("watch=true")
                ? new MockResponse().setResponseCode(AS_IT_IS).setBody(GONE).setBodyDelay(200, TimeUnit.MILLISECONDS)
                : super.dispatch(request);
    }

    private static String resource(String path) {
        Matcher of = OF_THE_NAMESPACE.matcher(path);
        return of.matches() ? of.group(1) : path;
    }
}
