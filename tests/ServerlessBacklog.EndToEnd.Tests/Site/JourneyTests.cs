using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBacklog.EndToEnd.Tests.Site;

/// <summary>What people come for, in a real browser.</summary>
public sealed class JourneyTests(Browser browser)
{
    [Fact]
    public async Task An_item_is_found_by_filter_and_search_and_says_why()
    {
        await using var context = await browser.ContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(browser.Root);
        await page.GetByRole(AriaRole.Link, new() { Name = "Backlog", Exact = true }).ClickAsync();
        // Nobody is so quick as to choose before the page is there.
        await Expect(page).ToHaveURLAsync(new Regex("/items"));
        await Expect(page.Locator("#theme")).ToBeVisibleAsync();

        // A choice is applied at once, and stands in the address.
        await page.GetByLabel("Type").SelectOptionAsync("bug");
        await Expect(page).ToHaveURLAsync(new Regex("type=bug"));
        page.Url.ShouldNotContain("area=", customMessage: "empty fields stay out of the address");
        var word = Regex.Match(await page.Locator("tbody .item bdi").First.InnerTextAsync(), "[A-Za-z]{4,}").Value;
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(word);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"q={word}.*type=bug"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Age", Exact = true }).ClickAsync();
        await Expect(page.Locator("th[aria-sort='descending']")).ToContainTextAsync("Age");

        // By keyboard to the first row, and into it.
        await page.Keyboard.PressAsync("j");
        var title = await page.Locator("tr:focus .item bdi").InnerTextAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await Expect(page.Locator("#why, #findings").First).ToBeVisibleAsync();
        (await page.Locator("#findings .card").CountAsync()).ShouldBeGreaterThan(3);
        (await page.Locator("#findings .evidence").CountAsync()).ShouldBeGreaterThan(0, "the facts behind a finding");
    }

    [Fact]
    public async Task The_queue_is_answered_without_a_mouse()
    {
        await using var context = await browser.ContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"http://localhost:{browser.Port}/review/{Browser.Sample}");
        var before = await WaitingAsync(page);
        before.ShouldBeGreaterThan(2);

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".said")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        (await WaitingAsync(page)).ShouldBe(before - 1);

        // The next one has the focus already. A no needs its reason; typing is no command.
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.TypeAsync("a rather different crash");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".said")).ToContainTextAsync("rejected", new() { Timeout = 30_000 });
        (await WaitingAsync(page)).ShouldBe(before - 2);

        await page.Keyboard.PressAsync("s");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".said")).ToContainTextAsync("put off until", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task Duplicates_are_compared_side_by_side_and_told_apart()
    {
        await using var context = await browser.ContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{browser.Root}/duplicates");
        var pair = page.Locator(".duplicate-pair").First;
        (await pair.Locator(".side").CountAsync()).ShouldBe(2);
        (await pair.Locator(".facts li, .reason").CountAsync()).ShouldBeGreaterThan(0);
        var (left, right) = (await pair.Locator(".side").Nth(0).BoundingBoxAsync(), await pair.Locator(".side").Nth(1).BoundingBoxAsync());
        right!.X.ShouldBeGreaterThan(left!.X + left.Width - 1, "two columns");

        await pair.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Not the same") }).ClickAsync();

        await Expect(page.Locator(".said")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        page.Url.ShouldEndWith("/duplicates");
    }

    [Fact]
    public async Task A_question_is_answered_and_a_wish_is_done_only_when_it_is_confirmed()
    {
        await using var context = await browser.ContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(browser.Root);
        await page.GetByLabel("Ask about this backlog").FillAsync("how many open items are there");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(page.Locator(".answer")).ToContainTextAsync(new Regex(@"\d"));

        await page.GotoAsync($"{browser.Root}/items");
        var number = (await page.Locator("tbody .no").First.InnerTextAsync()).TrimStart('#');
        await page.GotoAsync($"{browser.Root}/ask");
        await page.GetByLabel("Ask about this backlog").FillAsync($"make {number} a P1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(page.Locator(".plan code")).ToContainTextAsync("pin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

        await Expect(page.Locator(".answer h2")).ToHaveTextAsync("Done", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task A_command_on_an_item_is_answered_there_and_what_nobody_changed_cannot_be_undone()
    {
        await using var context = await browser.ContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{browser.Root}/items");
        await page.Locator("tbody .item a").Nth(5).ClickAsync();

        await page.GetByLabel("Command").FillAsync("undo");
        await page.GetByRole(AriaRole.Button, new() { Name = "Say it" }).ClickAsync();

        await Expect(page.Locator(".said.no")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        (await page.GetByRole(AriaRole.Button, new() { Name = "Undo this" }).CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_map_is_walked_by_keyboard_and_taken_along_as_data()
    {
        await using var context = await browser.ContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{browser.Root}/dependencies");
        var node = page.Locator(".map-node").First;
        await node.FocusAsync();
        await Expect(page.Locator("svg.map.focused")).ToHaveCountAsync(1);
        (await page.Locator(".map-node.on").CountAsync()).ShouldBeGreaterThan(1, "the item and its neighbours");
        var before = await page.Locator("svg.map").GetAttributeAsync("viewBox");
        await page.Keyboard.PressAsync("+");
        (await page.Locator("svg.map").GetAttributeAsync("viewBox")).ShouldNotBe(before);

        var json = await page.APIRequest.GetAsync($"{browser.Root}/dependencies/map.json");
        (await json.TextAsync()).ShouldContain("\"critical_path\"");
        var mermaid = await page.APIRequest.GetAsync($"{browser.Root}/dependencies/map.mmd");
        (await mermaid.TextAsync()).ShouldStartWith("flowchart LR");
    }

    [Fact]
    public async Task The_pages_work_without_a_script_and_remember_light_or_dark_with_one()
    {
        await using var context = await browser.ContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(browser.Root);
        await page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
        await page.ReloadAsync();
        (await page.Locator("html").GetAttributeAsync("data-theme")).ShouldBe("dark");

        await using var still = await context.Browser!.NewContextAsync(new() { JavaScriptEnabled = false });
        page = await still.NewPageAsync();
        await page.GotoAsync($"{browser.Root}/items");
        await page.GetByLabel("Search", new() { Exact = true }).FillAsync("mail");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        page.Url.ShouldContain("q=mail");
        (await page.Locator("tbody tr").CountAsync()).ShouldBeGreaterThan(0);
    }

    private static async Task<int> WaitingAsync(IPage page) =>
        int.Parse(Regex.Match(await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync(), @"\d+").Value, System.Globalization.CultureInfo.InvariantCulture);
}
