using ServerlessBacklog.Testing.Digests;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

/// <summary>A digest says the same in all of its forms.</summary>
public sealed class SameFactsTests
{
    [Theory]
    [InlineData(DigestKind.Manager)]
    [InlineData(DigestKind.Team)]
    [InlineData(DigestKind.Personal)]
    [InlineData(DigestKind.Alert)]
    public void Every_form_says_every_fact(DigestKind kind)
    {
        var digest = SampleDigests.All().Single(d => d.Kind == kind);

        foreach (var (form, text) in Forms.Of(digest))
        {
            foreach (var fact in DigestTexts.Of(digest, withItems: true).Select(DigestTexts.Plain))
                text.ShouldContain(fact, Case.Insensitive, $"{form} of {kind}");
        }
    }

    [Theory]
    [InlineData(DigestKind.Manager)]
    [InlineData(DigestKind.Team)]
    [InlineData(DigestKind.Personal)]
    [InlineData(DigestKind.Alert)]
    public void No_form_says_a_number_that_is_no_figure(DigestKind kind)
    {
        var digest = SampleDigests.All().Single(d => d.Kind == kind);

        foreach (var (form, text) in Forms.Of(digest))
            DigestTexts.Unknown(digest, text).ShouldBeEmpty($"{form} of {kind}");
    }

    [Fact]
    public void A_number_that_a_form_adds_is_found_out()
    {
        var digest = ManagerDigest.Build(SampleDigests.Rich());
        var changed = digest with { Sections = [digest.Sections[0] with { Lines = ["4321 items are open."] }] };

        foreach (var (form, text) in Forms.Of(changed))
            DigestTexts.Unknown(digest, text).ShouldContain("4321", form);
    }

    [Fact]
    public void Every_form_leads_to_the_page_and_to_where_it_is_stopped()
    {
        var digest = ManagerDigest.Build(SampleDigests.Rich());
        var email = Adapters.Notifications.Rendering.DigestEmail.Render(digest);

        string[] forms =
        [
            email.Html, email.Text, Adapters.Notifications.Rendering.DigestMarkdown.Render(digest),
            Adapters.Notifications.Rendering.AdaptiveCard.Render(digest), Adapters.Notifications.Rendering.BlockKit.Render(digest),
        ];

        forms.ShouldAllBe(f => f.Contains("https://backlog.example/shop", StringComparison.Ordinal) && f.Contains("https://backlog.example/notifications?seal=abc", StringComparison.Ordinal));
    }
}
