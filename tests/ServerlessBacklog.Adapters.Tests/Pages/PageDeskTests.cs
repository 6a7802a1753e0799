using System.Net;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Adapters.Tests.Pages;

public sealed class PageDeskTests
{
    [Fact]
    public async Task Names_with_slashes_are_found_escaped_or_not_and_the_longest_wins()
    {
        await using var visitor = new Visitor();
        await visitor.KeepAsync("owner/repo", An.Item(1, "Crash on save"));
        await visitor.KeepAsync("owner/repo/items", An.Item(2, "Another backlog"));

        (await visitor.PageAsync("/backlogs/owner/repo")).ShouldContain("owner/repo: overview");
        (await visitor.PageAsync("/backlogs/owner%2Frepo")).ShouldContain("owner/repo: overview");
        (await visitor.PageAsync("/backlogs/owner/repo/items")).ShouldContain("owner/repo/items: overview");
        (await visitor.PageAsync("/backlogs/owner/repo/items/github%3Aowner/repo%231")).ShouldContain("Crash on save");
        (await visitor.PageAsync("/backlogs/owner/repo/items/github%3Aowner%2Frepo%231")).ShouldContain("Crash on save");
        (await visitor.GetAsync("/backlogs/owner/nope")).Status.ShouldBe(404);
        (await visitor.GetAsync("/backlogs/owner/repo/items/zzz")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Every_page_forbids_what_is_not_of_this_site_and_leads_to_places_below_the_base_path()
    {
        await using var visitor = new Visitor { BasePath = "/pages" };
        await visitor.KeepAsync("owner/repo", An.Item(1));

        foreach (var entry in PageList.All)
        {
            var reply = await visitor.GetAsync(new SitePaths("").Page("owner/repo", entry.Word));
            var html = Visitor.TextOf(reply);

            reply.Status.ShouldBe(200, $"{entry.Word}: {html}");
            var policy = reply.Headers.Single(h => h.Name == "Content-Security-Policy").Value;
            policy.ShouldContain("frame-ancestors 'none'");
            policy.ShouldNotContain("unsafe");
            reply.Headers.ShouldContain(("X-Content-Type-Options", "nosniff"));
            reply.Headers.ShouldContain(h => h.Name == "Referrer-Policy");
            Regex.Matches(html, "(?:href|src|action)=\"([^\"]*)\"").Select(m => m.Groups[1].Value)
                .ShouldAllBe(a => a.StartsWith("/pages/", StringComparison.Ordinal) || a.StartsWith('#') || a.StartsWith("data:", StringComparison.Ordinal) || a.StartsWith("https://", StringComparison.Ordinal), entry.Word);
            if (entry.Name is not null)
                html.ShouldNotContain(" style=", customMessage: $"{entry.Word} styles inline, which its policy forbids");
        }
    }

    [Fact]
    public async Task Style_and_script_are_kept_for_good_under_names_that_change_with_them()
    {
        await using var visitor = new Visitor();
        await visitor.KeepAsync("b", An.Item(1));
        var html = await visitor.PageAsync("/backlogs/b");

        foreach (Match asset in Regex.Matches(html, "\"(/assets/site\\.[0-9a-f]{16}\\.(css|js))\""))
        {
            var reply = await visitor.GetAsync(asset.Groups[1].Value);
            reply.Status.ShouldBe(200);
            reply.Headers.Single(h => h.Name == "Cache-Control").Value.ShouldContain("immutable");
        }

        Regex.Count(html, "/assets/site\\.").ShouldBe(2);
        (await visitor.GetAsync("/assets/site.0000000000000000.css")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_answer_is_taken_from_our_own_page_only()
    {
        await using var visitor = new Visitor();
        await visitor.KeepAsync("owner/repo", An.Item(1) with { Ref = new WorkItemRef("file", "repo", "1") });
        const string item = "/backlogs/owner/repo/items/file%3Arepo%231";
        var token = Regex.Match(await visitor.PageAsync(item), "name=\"token\" value=\"([^\"]+)\"").Groups[1].Value;
        (string, string)[] asked = [("token", token), ("say", "status")];

        (await visitor.PostAsync(item, [("say", "status")])).Status.ShouldBe(403, "no token");
        (await visitor.PostAsync(item, [("token", new string('0', 64)), ("say", "status")])).Status.ShouldBe(403, "a token of nobody");
        (await visitor.PostAsync(item, asked, ("Origin", "https://evil.example"))).Status.ShouldBe(403, "another site");
        (await visitor.PostAsync(item, asked, ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(403);
        (await visitor.PostAsync(item, asked, ("Cookie", $"{PageDoor.Cookie}={new string('a', 64)}"))).Status.ShouldBe(403, "the token without its cookie");
        (await visitor.PostAsync(item, asked, ("Content-Type", "application/json"))).Status.ShouldBe(415);
        visitor.Person = null;
        (await visitor.PostAsync(item, asked)).Status.ShouldBe(401, "nobody is signed in");
        visitor.Person = new PagePerson("ada") { IsOperator = true };

        var taken = await visitor.PostAsync(item, asked, ("Origin", "https://backlog.example"), ("Sec-Fetch-Site", "same-origin"));

        taken.Status.ShouldBe(303);
        taken.Headers.Single(h => h.Name == "Location").Value.ShouldBe(item);
        WebUtility.HtmlDecode(await visitor.PageAsync(item)).ShouldContain("#1:", customMessage: "what became of it is said once");
        (await visitor.PageAsync(item)).ShouldNotContain("class=\"said");
    }

    [Fact]
    public async Task What_is_said_after_an_answer_cannot_be_put_there_by_somebody_else()
    {
        await using var visitor = new Visitor();
        await visitor.KeepAsync("b", An.Item(1));
        var forged = Convert.ToBase64String("{\"Lines\":[{\"Text\":\"send money\",\"IsRefused\":false,\"Details\":[]}]}"u8);

        var reply = await visitor.GetAsync("/backlogs/b", "", ("Cookie", $"{PageDoor.Cookie}={new string('a', 64)}; backlog-said={new string('0', 64)}.{forged}"));

        reply.Status.ShouldBe(200);
        Visitor.TextOf(reply).ShouldNotContain("send money");
    }
}
