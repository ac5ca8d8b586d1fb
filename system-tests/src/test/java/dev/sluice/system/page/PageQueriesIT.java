package dev.sluice.system.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** What the page shows of queries that have ended. */
@ExtendWith(Sites.class)
class PageQueriesIT {

    private static Browser browser;

    private Site site;
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

    @BeforeEach
    void use(@On(Shape.SPOKEN) Site spoken) {
        site = spoken;
        site.awaitPublished("vadder");
        site.awaitPublished("ticks");
        page = new PageUnderTest(browser, site.frontend(0).url());
        browser.size(1280, 900);
        browser.wants("light");
    }

    @AfterEach
    void hasNothingToComplainAbout() {
        assertThat(browser.complaints()).isEmpty();
    }

    private String called() {
        return site.caller(0)
                .call("vadder", "1")
                .headers()
                .firstValue("Sluice-Id")
                .orElseThrow();
    }

    private WebElement row(String id) {
        return browser.driver().findElement(By.xpath("//table[@class='queries']/tbody/tr[.//*[.='" + id + "']]"));
    }

    private void awaitRow(String id) {
        page.until("row of " + id, () -> row(id).isDisplayed());
    }

    private void awaitWaterfallOf(String id) {
        page.until(
                "waterfall of " + id,
                () -> page.text(".chosen").contains(id)
                        && page.text(".chosen .fall").contains("Runs"));
    }

    @Test
    void showsTheLastQueriesAndWhereTheTimeOfEachWent() {
        String id = called();
        page.open("");
        browser.driver().findElement(By.linkText("Queries")).click();
        awaitRow(id);
        assertThat(row(id).getText()).contains("vadder", "answered", "ms", "%");
        assertThat(page.text(".chosen")).contains("Choose a query");

        row(id).click();
        awaitWaterfallOf(id);
        assertThat(page.text(".chosen .path")).contains("frontend-0", "router-0", "host-0");
        assertThat(page.text(".chosen .fall")).contains("Way to the router", "Waits in the queue");
        assertThat(page.text(".chosen .facts")).contains("actor vadder", "method call", "over http", "SLO");
        assertThat(page.text(".chosen")).doesNotContain("null");
        assertThat(browser.driver().getCurrentUrl()).endsWith("#/queries/" + id);

        page.open("queries/" + id);
        awaitWaterfallOf(id);
    }

    @Test
    void showsTheSlowest() {
        String id = called();
        String slow = site.caller(0)
                .call("ticks/paced", "{\"n\": 3, \"everyMillis\": 400}")
                .headers()
                .firstValue("Sluice-Id")
                .orElseThrow();
        page.open("queries");
        awaitRow(id);
        page.press("Slowest");
        awaitRow(slow);
        assertThat(page.all(".queries .took").get(1).getText()).contains("s");
        assertThat(row(slow).getText()).contains("ticks.paced", "Runs");
        page.press("Last");
        awaitRow(id);
    }

    @Test
    void showsThoseOfOneActorAndTheNewOnesWhenItIsAsked() {
        String id = called();
        page.open("queries");
        awaitRow(id);
        String next = called();
        page.press("Refresh");
        awaitRow(next);

        page.until("actors", () -> page.all(".choice option").size() > 5);
        page.named("Actor").selectByVisibleText("ticks");
        page.until("others only", () -> !page.text(".view").contains(next));
        page.named("Actor").selectByVisibleText("vadder");
        awaitRow(next);
        page.until(
                "those of vadder only",
                () -> page.all(".queries .name").stream()
                        .allMatch(name -> name.getText().startsWith("vadder")));
    }

    @Test
    void saysSoWhereNothingIsRecorded() {
        page.open("queries/nothing-of-that");
        page.until("word", () -> page.text(".chosen").contains("Not recorded"));
    }

    @Test
    void isUsedWithKeysAlone() {
        String id = called();
        page.open("queries");
        awaitRow(id);
        page.one(".choice > button").sendKeys(Keys.ENTER);
        new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
        WebElement first = browser.driver().switchTo().activeElement();
        assertThat(first.getDomAttribute("href")).startsWith("#/queries/");
        assertThat(browser.run("return getComputedStyle(document.activeElement, '::after').outlineStyle"))
                .isEqualTo("solid");
        String chosen = first.getDomAttribute("href").substring("#/queries/".length());
        new Actions(browser.driver()).sendKeys(Keys.ENTER).perform();
        page.until("the chosen one", () -> page.text(".chosen").contains(chosen));
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("aria-current"))
                .as("the next is one key away")
                .isEqualTo("true");
    }

    @Test
    void fitsANarrowScreenInTheDark() {
        String id = called();
        browser.wants("dark");
        browser.size(360, 740);
        page.open("queries/" + id);
        awaitWaterfallOf(id);
        awaitRow(id);
        assertThat(browser.run("return document.scrollingElement.scrollWidth")).isEqualTo(360L);
        assertThat(browser.run("return getComputedStyle(document.querySelector('.queries .name')).color"))
                .isEqualTo(browser.run("return getComputedStyle(document.body).color"));
    }
}
