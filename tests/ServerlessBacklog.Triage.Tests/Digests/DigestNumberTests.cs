using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Digests;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Tests.Digests;

public sealed class DigestNumberTests
{
    [Fact]
    public void Every_number_of_every_digest_is_a_figure()
    {
        foreach (var digest in SampleDigests.All())
        {
            foreach (var text in DigestTexts.Of(digest, withItems: false))
                DigestTexts.Unknown(digest, text).ShouldBeEmpty($"{digest.Kind}: {text}");
        }
    }

    [Fact]
    public void Every_figure_names_its_query_and_what_it_counts()
    {
        foreach (var figure in SampleDigests.All().SelectMany(d => d.Figures))
        {
            figure.Query.ShouldNotBeNullOrWhiteSpace();
            figure.Label.ShouldNotBeNullOrWhiteSpace();
            figure.Text.Any(char.IsDigit).ShouldBeTrue(figure.Query);
        }
    }

    /// <summary>That the test above can fail: each figure that is taken away leaves a number that nothing accounts for.</summary>
    [Fact]
    public void A_figure_that_is_missing_is_found_out()
    {
        var digest = ManagerDigest.Build(SampleDigests.Rich());
        var texts = DigestTexts.Of(digest, withItems: false).ToList();

        foreach (var query in new[] { "counts.open", "health.causes", "delivery.byDate.p95", "aging.sle", "trends.arrived", "decided.applied", "flow.arrived", "loads.over" })
        {
            // Others may write the same number: the test takes all away that do.
            var gone = digest.Figures.Where(f => f.Query == query).Select(f => f.Text).ToHashSet();
            gone.ShouldNotBeEmpty(query);
            var rest = digest with { Figures = [.. digest.Figures.Where(f => !gone.Any(g => f.Text.Split(' ').Intersect(g.Split(' ')).Any()))] };

            texts.SelectMany(t => DigestTexts.Unknown(rest, t)).ShouldNotBeEmpty(query);
        }
    }

    [Fact]
    public void A_number_that_somebody_made_up_is_found_out()
    {
        var digest = ManagerDigest.Build(SampleDigests.Rich());

        DigestTexts.Unknown(digest, "Throughput rose by 37.5 % since 1066.").ShouldBe(["37.5", "1066"]);
    }

    [Fact]
    public void Numbers_are_those_of_the_report()
    {
        var input = SampleDigests.Rich();

        var figures = ManagerDigest.Build(input).Figures.ToLookup(f => f.Query, f => f.Value);

        figures["counts.open"].ShouldContain(input.View.Report.Counts.Open);
        figures["counts.duplicates"].ShouldContain(input.View.Report.Counts.Duplicates!.Value);
        figures["health.score"].ShouldContain(61.4);
        figures["waiting"].ShouldContain(9);
        figures["asOf"].ShouldContain(An.Instant.ToUnixTimeSeconds());
    }
}
