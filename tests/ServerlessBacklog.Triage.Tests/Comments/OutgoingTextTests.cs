using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Tests.Comments;

public class OutgoingTextTests
{
    private const char Zero = '\u200B';

    private static readonly OutgoingText GitHub = new()
    {
        Home = WorkItemRef.Parse("github:o/r#1"),
        MayName = [WorkItemRef.Parse("github:o/r#12"), WorkItemRef.Parse("github:other/repo#5"), WorkItemRef.Parse("azuredevops:org/p#77")],
        Hosts = ["github.com", "dev.azure.com", "localhost:8080"],
    };

    private static readonly OutgoingText AzureDevOps = new()
    {
        Home = WorkItemRef.Parse("azuredevops:org/p#1"),
        MayName = [WorkItemRef.Parse("azuredevops:org/My Project#12")],
        Hosts = ["dev.azure.com"],
    };

    /// <summary>A ^ stands for the space of no width.</summary>
    [Theory]
    [InlineData("ask @octocat or @org/team", "ask @^octocat or @^org/team")]
    [InlineData("write to me@example.com", "write to me@^example.com")]
    [InlineData(@"\@octocat and &#64;octocat", @"\@^octocat and &^#^64;octocat")]
    [InlineData("see #13, GH-13, x/y#13, AB#13 and !13", "see #^13, GH-^13, x/y#^13, AB#^13 and !^13")]
    [InlineData("see #12, o/r#12, other/repo#5 and AB#77.", "see #12, o/r#12, other/repo#5 and AB#77.")]
    [InlineData("not x/o/r#12, #123, #12a or AB#12", "not x/o/r#^12, #^123, #^12a or AB#^12")]
    [InlineData("fixes #12 and Closed: o/r#12", "fixes #^12 and Closed: o/r#^12")]
    [InlineData("since 1a2b3c4d5e6f7 and deadbeef", "since 1a2b3c^4d5e6f^7 and deadbe^ef")]
    [InlineData("https://github.com/o/r/issues/12 is known", "https://github.com/o/r/issues/12 is known")]
    [InlineData("https://github.com/o/r/issues/13", "https:^//github.com/o/r/issues/13")]
    [InlineData("https://github.com/o/r/commit/abc", "https:^//github.com/o/r/commit/abc")]
    [InlineData("https://github.com/o/r/issues/12?x=@y", "https:^//github.com/o/r/issues/12?x=@^y")]
    [InlineData("https://github.com@evil.example/", "https:^//github.com@^evil.example/")]
    [InlineData("https://github.com.evil.example/ www.evil.example", "https:^//github.com.evil.example/ www^.evil.example")]
    [InlineData("http://localhost:8080/help here", "http://localhost:8080/help here")]
    [InlineData("[the docs](https://github.com/o/r/wiki) say", "[the docs](https://github.com/o/r/wiki) say")]
    [InlineData("[the docs](https://github.com/o/r/wiki \"title\")", "[the docs](https://github.com/o/r/wiki)")]
    [InlineData("[click here](https://evil.example/?a=b)!", "click here!")]
    [InlineData("![pixel](https://evil.example/p.png) seen", "pixel seen")]
    [InlineData("[![badge](https://a.example/b)](https://evil.example)", "badge")]
    [InlineData("[text][1]\n\n[1]: https://evil.example", "[text][1]\n\n")]
    [InlineData("<https://evil.example> <a@b.example>", "https:^//evil.example a@^b.example")]
    [InlineData("a <b>bold</b> <img src=x onerror=y> word<!-- hidden @x --> end", "a bold  word end")]
    [InlineData("@<!-- -->octocat", "@^octocat")]
    [InlineData("a List<string> and x < y <!-- open", "a List<^string> and x < y <^!-- open")]
    [InlineData("/close\n  /assign me\nnot /this", "^/close\n  ^/assign me\nnot /this")]
    [InlineData("> - /close", "> - ^/close")]
    [InlineData("1. /backlog close\n- [ ] /backlog keep\n| /backlog approve |", "1. ^/backlog close\n- [ ] ^/backlog keep\n| ^/backlog approve |")]
    [InlineData("\uFEFF/back\u00ADlog keep\u2028/backlog keep\u0085/backlog keep", "^/backlog keep\n^/backlog keep\n^/backlog keep")]
    [InlineData("\u200B/backlog keep\n\u200D/backlog keep", "\u200B/backlog keep\n\u200D^/backlog keep")]
    [InlineData("\u001B[31mred\u001B[0m\u0007 \u001B]8;;x\u0007", "[31mred[0m ]8;;x")]
    [InlineData("AT&T &lt;b&gt;", "AT&^T &^lt;b&^gt;")]
    [InlineData("```cs\nvar x = List<int>; // @me", "```cs\nvar x = List<^int>; // @^me\n```")]
    [InlineData("```mermaid\ngraph TD\n```", "```text\ngraph TD\n```")]
    [InlineData("> ```\n> code", "> ``^`\n> code")]
    [InlineData("a\u202Eb\u0000c\r\nd", "abc\nd")]
    [InlineData("mailto:a@b.example, tel:123", "mailto^:a@^b.example, tel^:123")]
    [InlineData("**bold** _it_ `code` ~~no~~\n\n1. one\n2. two\n\n| a | b |\n|---|---|", "**bold** _it_ `code` ~~no~~\n\n1. one\n2. two\n\n| a | b |\n|---|---|")]
    public void On_GitHub_text_has_no_effect_but_what_is_allowed(string text, string clean) =>
        GitHub.Clean(text).Text.ShouldBe(clean.Replace('^', Zero));

    [Theory]
    [InlineData("see #12, #13, o/r#12 and AB#12", "see #12, #^13, o/r#^12 and AB#^12")]
    [InlineData("https://dev.azure.com/org/My%20Project/_workitems/edit/12", "https://dev.azure.com/org/My%20Project/_workitems/edit/12")]
    [InlineData("https://dev.azure.com/org/My%20Project/_workitems/edit/13", "https:^//dev.azure.com/org/My%20Project/_workitems/edit/13")]
    public void On_Azure_DevOps_items_of_the_organization_go_by_their_number(string text, string clean) =>
        AzureDevOps.Clean(text).Text.ShouldBe(clean.Replace('^', Zero));

    [Fact]
    public void Half_a_character_is_replaced() => GitHub.Clean("d\uD800").Text.ShouldBe("d\uFFFD");

    [Fact]
    public void Long_text_is_cut_at_a_line_and_says_so()
    {
        var clean = GitHub.Clean(string.Concat(Enumerable.Range(0, 9000).Select(i => $"line {i} of many @x\n"))).Text!;

        clean.Length.ShouldBeInRange(58_000, 60_000);
        clean.ShouldEndWith("x\n\n… (cut)");
    }

    [Fact]
    public void A_cut_never_makes_another_number()
    {
        for (var room = 20; room < 60; room++)
        {
            var clean = (GitHub with { MaxLength = room, MayName = [WorkItemRef.Parse("github:o/r#1")] }).Clean(string.Concat(Enumerable.Repeat("see #1234567 ", 10))).Text!;
            clean.ShouldNotMatch("#[0-9]");
            clean.Length.ShouldBeLessThanOrEqualTo(room);
        }
    }

    [Fact]
    public void A_fence_that_is_cut_is_closed()
    {
        var clean = GitHub.Clean("````\n" + string.Concat(Enumerable.Repeat("code and more\n", 9000))).Text!;

        clean.ShouldEndWith("\n````");
        clean.Length.ShouldBeLessThanOrEqualTo(60_000);
    }

    [Theory]
    [InlineData("<b")]
    [InlineData("<!--")]
    [InlineData("![")]
    [InlineData("[a](b \"")]
    [InlineData("```x\n")]
    [InlineData("`")]
    [InlineData("@#!&<]:-/")]
    [InlineData("eyJabcdefgh.")]
    [InlineData("password=")]
    [InlineData("https://github.com/")]
    [InlineData("fixes                                          #12 ")]
    public void Text_made_to_be_slow_is_not(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        GitHub.Clean(text);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), "200,000 characters take seconds on a busy machine; what grows with the square takes many minutes");
    }
}
