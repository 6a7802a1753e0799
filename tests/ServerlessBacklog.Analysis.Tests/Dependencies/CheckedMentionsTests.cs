using System.Text.Json;
using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Dependencies;

/// <summary>Mentions of a real backlog that were read one by one (fixtures/dependencies/README.md).</summary>
public sealed class CheckedMentionsTests(ITestOutputHelper output)
{
    /// <summary>The first reading was known when the wordings were mended, the second was not used for that.</summary>
    [Theory]
    [InlineData("first", 0.85)]
    [InlineData("second", 0.85)]
    public void Dependencies_that_a_reader_denies_are_few(string read, double precision)
    {
        var found = Found(read);

        var right = found.Count(f => f.Right);
        var interval = Bootstrap.OfMean([.. found.Select(f => f.Right ? 1.0 : 0)]);
        output.WriteLine($"{read}: {right} of {found.Count} right, 95 % {interval.Low:0.00} … {interval.High:0.00}; right ones lost: {Read(read).Count(m => m.Right) - right}");
        ((double)right / found.Count).ShouldBeGreaterThan(precision);
    }

    [Fact]
    public void Confidences_of_mentions_hold_over_both_readings()
    {
        var found = Found("first").Concat(Found("second")).ToList();

        foreach (var said in found.GroupBy(f => f.Confidence).OrderBy(g => g.Key))
            output.WriteLine($"{said.Key:0.00}: {said.Count(f => f.Right)} of {said.Count()}");
        Math.Abs(found.Average(f => f.Confidence) - found.Average(f => f.Right ? 1.0 : 0)).ShouldBeLessThan(0.1);
        Reliability.Error(found).ShouldBeLessThan(0.15);
    }

    private static List<CaseOutcome> Found(string read)
    {
        var found = new List<CaseOutcome>();
        foreach (var mention in Read(read))
        {
            var item = An.Item(mention.Item, "", mention.Text);
            var said = DependencyMentions.Find(item, new ReferenceIndex([item, An.Item(mention.Target, "")]))
                .Where(m => m.Target == An.Ref(mention.Target) && m.IsBlockedBy == mention.Waits).ToList();
            if (said.Count > 0)
                found.Add(new CaseOutcome(said[0].Confidence, mention.Right));
        }

        return found;
    }

    private static IEnumerable<Checked> Read(string read)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServerlessBacklog.sln")))
            folder = folder.Parent;
        return File.ReadLines(Path.Combine(folder.ShouldNotBeNull().FullName, "tests", "fixtures", "dependencies", "checked-mentions.jsonl"))
            .Select(l => JsonSerializer.Deserialize<Checked>(l, JsonSerializerOptions.Web)!).Where(m => m.Read == read);
    }

    private sealed record Checked(string Item, string Target, bool Waits, bool Right, string Read, string Text);
}
