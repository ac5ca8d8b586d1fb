package dev.sluice.system.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.call.ControlPage;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.support.ui.Select;

/** What the page shows of a rollout, while it goes on and after it. */
@ExtendWith(Sites.class)
class PageRolloutIT {

    private static final String ACTOR = "renewed-in-sight";

    private static Browser browser;

    private PageUnderTest page;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void hasNothingToComplainAbout() {
        assertThat(browser.complaints()).isEmpty();
    }

    /** The rows of the table of versions, or of events. */
    private List<String> rows(String css) {
        return page.all(css).stream()
                .map(row -> row.getText().replace('\u202f', ' ').replace('\n', ' '))
                .toList();
    }

    private List<String> versions() {
        return rows("section:last-of-type .list tbody tr");
    }

    private List<String> events() {
        return rows("ol.happened > li");
    }

    @Test
    void showsARolloutAndTheEventsOfIt(@On(Shape.FLEET) Site site) {
        ControlPage control = site.emptyFleet();
        control.deployTrial(ACTOR, 2, "{\"label\": \"1\"}");
        site.awaitPublished(ACTOR);
        page = new PageUnderTest(browser, site.frontend(0).url());
        page.open("events");
        page.until("no rollout", () -> page.text("main").contains("No rollout is under way."));
        // Its first step is longer than the test.
        control.done(
                "POST",
                "actors/" + ACTOR + "/rollout",
                "{\"version\": \"2\", \"args\": {\"label\": \"2\"}, \"steps\": [20, 60, 100], \"step-time\": \"1h\"}");

        page.until(
                "rollout",
                () -> rows("ul.happened > li")
                        .equals(List.of(ACTOR + " Version 2 gets 20 % of the queries, in steps of 20, 60, 100 %.")));
        page.until(
                "event of its beginning",
                () -> events().stream()
                        .anyMatch(
                                event -> event.contains(ACTOR) && event.contains("version 2 is rolled out beside 1")));

        page.open("actors/" + ACTOR);
        page.until(
                "both versions with their shares",
                () -> versions().size() == 2
                        && versions().stream().anyMatch(row -> row.startsWith("1 ") && row.contains("80 %"))
                        && versions().stream().anyMatch(row -> row.startsWith("2 ") && row.contains("20 %")));
        assertThat(page.text("main")).contains("Version 2 gets 20 % of the queries");

        control.done("POST", "actors/" + ACTOR + "/promote", "");
        page.until(
                "only the new one",
                () -> versions().size() == 1 && versions().get(0).startsWith("2 "));
        page.until("its whole share", () -> versions().get(0).contains("100 %"));

        page.open("events");
        page.until("no rollout any more", () -> page.text("main").contains("No rollout is under way."));
        Select kind = page.named("Kind");
        page.until(
                "kinds",
                () -> kind.getOptions().stream().anyMatch(each -> each.getText().equals("promote")));
        kind.selectByVisibleText("promote");
        page.until("only that", () -> events().stream().allMatch(event -> event.contains("promote")));
        assertThat(events()).anyMatch(event -> event.contains(ACTOR) && event.contains("version 2"));
    }
}
