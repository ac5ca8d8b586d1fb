package dev.sluice.frontend.page;

import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import io.netty.util.NetUtil;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/** Keeps pages of other sites from reading, through the browser of somebody here, what they could not reach themselves. */
public final class OwnSite {

    private static final Pattern HOST = Pattern.compile("(?:\\[(?<v6>[^\\[\\]]+)]|(?<name>[^:\\[\\]]+))(?::\\d{1,5})?");

    private final Set<String> names;

    /** @param names that this frontend has, beside localhost */
    public OwnSite(Collection<String> names) {
        this.names = names.stream().map(OwnSite::lower).collect(Collectors.toUnmodifiableSet());
    }

    /** @throws ProblemException where another site may have sent it */
    void mustBeTheOrigin(HttpHeaders headers) {
        String host = headers.getFirst(HttpHeaders.HOST);
        if (host != null && !isOwn(host)) {
            throw refused(
                    "This frontend shows itself at localhost, at IP addresses and at the names in sluice.ui.hosts;"
                            + " the one that was asked for is none of these.");
        }
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        if (origin != null && !authority(origin).equalsIgnoreCase(host)) {
            throw refused("The page that asks is of another site than this frontend.");
        }
        String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw refused("The page that asks is of another site than this frontend.");
        }
    }

    /**
     * A page's own name may be made to point here once its script is loaded; browsers then take the two for one site. An address cannot
     * be made to point elsewhere.
     */
    private boolean isOwn(String host) {
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            return false;
        }
        String v6 = parts.group("v6");
        if (v6 != null) {
            return NetUtil.isValidIpV6Address(v6);
        }
        String name = lower(parts.group("name"));
        return name.equals("localhost") || NetUtil.isValidIpV4Address(name) || names.contains(name);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static ProblemException refused(String why) {
        return new ProblemException(Problem.of(403, why, null));
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
