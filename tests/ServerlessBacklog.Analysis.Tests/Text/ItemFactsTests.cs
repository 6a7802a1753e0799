using System.Diagnostics;
using CsCheck;
using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Tests.Text;

public class ItemFactsTests
{
    [Theory]
    [InlineData("Broken since v2.53.10", FactKind.Version, "2.53.10")]
    [InlineData("Broken in 3.1beta2", FactKind.Version, "3.1beta2")]
    [InlineData("Only on Windows 11", FactKind.Platform, "windows 11")]
    [InlineData("Only on Mac OS X", FactKind.Platform, "mac os x")]
    [InlineData("www.Example.org looks wrong", FactKind.Site, "example.org")]
    [InlineData("See https://bugs.example.org/12", FactKind.Site, "bugs.example.org")]
    [InlineData("github.com is slow", FactKind.Site, "github.com")]
    [InlineData("NullReferenceException on start", FactKind.Error, "nullreferenceexception")]
    [InlineData("NS_ERROR_FAILURE on start", FactKind.Error, "ns_error_failure")]
    [InlineData("npm ERR! ENOENT: no such file", FactKind.Error, "enoent")]
    [InlineData("Exit with 0x80070005", FactKind.Error, "0x80070005")]
    [InlineData("Server answers HTTP 503", FactKind.Error, "http 503")]
    [InlineData("messenger.xul does not load", FactKind.File, "messenger.xul")]
    public void A_fact_is_found_and_lower_cased(string title, FactKind kind, string value) =>
        ItemFacts.Find(title, "").ShouldContain(new ItemFact(kind, value, InTitle: true));

    [Theory]
    [InlineData("System.IO.FileStream leaks", FactKind.Site)]
    [InlineData("ASP.NET routes", FactKind.Site)]
    [InlineData("The error is mine", FactKind.Error)]
    [InlineData("EDITOR loses focus", FactKind.Error)]
    [InlineData("Linuxoid taste", FactKind.Platform)]
    [InlineData("Chapter 12", FactKind.Version)]
    public void What_only_looks_like_a_fact_is_none(string title, FactKind kind) =>
        ItemFacts.Find(title, "").ShouldNotContain(f => f.Kind == kind);

    [Fact]
    public void A_fact_of_title_and_body_counts_once_as_the_titles() =>
        ItemFacts.Find("Crash in 2.53.10", "I use v2.53.10 on Linux").ShouldBe(
            [new ItemFact(FactKind.Version, "2.53.10", true), new ItemFact(FactKind.Platform, "linux", false)]);

    [Fact]
    public void More_than_forty_facts_are_a_log() =>
        ItemFacts.Find("", string.Join(' ', Enumerable.Range(0, 90).Select(i => $"1.{i}"))).Count.ShouldBe(ItemFacts.Limit);

    [Theory]
    [InlineData("a-")]
    [InlineData("www.a.")]
    [InlineData("1.")]
    [InlineData("Aa")]
    [InlineData("://a.")]
    public void A_hostile_text_takes_less_than_a_second(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 200_000 / repeated.Length));
        var clock = Stopwatch.StartNew();

        ItemFacts.Find(text[..2_000], text);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void No_text_throws() => Gen.Select(Gen.String, Gen.String).Sample((title, body) => ItemFacts.Find(title, body).Count <= ItemFacts.Limit);
}
