using System.Globalization;
using ServerlessBacklog.Benchmarks.Parts;
using ServerlessBacklog.Benchmarks.Scale;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.StandIns.Models;

namespace ServerlessBacklog.Benchmarks.Models;

/// <summary>
/// <c>models [ITEMS] [PERCENT] [FILE]</c>: what a day costs at a counting endpoint: a backlog is settled, then a share of its items changes. The cascade asks
/// where something is open; the baseline asks every capability once about every changed item, which is what a cache by content alone leaves. FILE is an export
/// with texts and duplicate marks, whose newer half counts as open; without it the backlog is made from the sample.
/// </summary>
internal static class DayCommand
{
    private const int Seed = 20261128;

    private static readonly string[] Said =
    [
        "It still happens with the newest version.", "I cannot see it any more on my machine.", "We have the same on three servers since Monday.",
        "The log shows nothing at that moment.", "It only happens when the folder is large.", "A restart helps for some hours.",
    ];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var count = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10_000;
        var share = (arguments.Count > 1 ? double.Parse(arguments[1], CultureInfo.InvariantCulture) : 3) / 100;
        var folder = Directory.CreateTempSubdirectory("backlog-models-").FullName;
        try
        {
            var items = arguments.Count > 2 ? Newest(await SampleBacklog.ReadAsync(arguments[2]), count) : await MadeAsync(folder, count);
            var random = new Random(Seed);
            var open = items.Where(i => i.IsOpen).ToList();
            var changed = open.OrderBy(_ => random.Next()).Take((int)Math.Round(share * items.Count)).Select(i => Changed(i, random)).ToList();

            await using var first = await ModelStandIn.StartAsync(Played, PlayedModel.Answer);
            await using var day = await AskedDay.OpenAsync(Path.Combine(folder, "data"), first.Address);
            await day.SaveAsync(items);
            var settled = await day.SweepAsync();
            var before = Sum(first);
            var earlier = first.Chats.ToDictionary(c => c.Key, c => c.Value.Calls);
            await day.SaveAsync(changed);
            var swept = await day.SweepAsync();
            var cascade = Sum(first).Minus(before);

            await using var all = await ModelStandIn.StartAsync(Played, PlayedModel.Answer);
            await using var always = await AskedDay.OpenAsync(Path.Combine(folder, "data"), all.Address, keep: false);
            await always.AskAllAsync(changed);
            var baseline = Sum(all);

            Console.WriteLine($"{items.Count:N0} items, {open.Count:N0} open; {changed.Count:N0} of them changed, {swept:N0} due with their neighbours (first sweep: {settled:N0} items, {before.Calls:N0} questions, {before.Tokens:N0} tokens).\n");
            Console.WriteLine("| the day | questions | tokens in | of them in the service's cache | tokens out |");
            Console.WriteLine("|---|---:|---:|---:|---:|");
            Print("every capability about every changed item", baseline);
            Print("the cascade", cascade);
            Console.WriteLine($"| part | {(double)cascade.Calls / baseline.Calls:P1} | {(double)cascade.InputTokens / baseline.InputTokens:P1} | | {(double)cascade.OutputTokens / baseline.OutputTokens:P1} |");
            Console.WriteLine($"\nTokens together: {(double)cascade.Tokens / baseline.Tokens:P1}.");
            foreach (var (prompt, asked) in all.Chats.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                var ours = first.Chats.GetValueOrDefault(prompt)?.Calls ?? 0;
                Console.WriteLine($"  {prompt}: {ours - earlier.GetValueOrDefault(prompt, 0):N0} by the cascade, {asked.Calls:N0} by the baseline");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<WorkItem>> MadeAsync(string folder, int count)
    {
        var source = Path.Combine(folder, "made.jsonl");
        await MadeBacklog.WriteAsync(SampleBacklog.Path, count, source);
        return await SampleBacklog.ReadAsync(source);
    }

    /// <summary>The newest items; the newer half of them open, and their marks not yet made.</summary>
    private static IReadOnlyList<WorkItem> Newest(IReadOnlyList<WorkItem> items, int count)
    {
        var newest = items.OrderBy(i => i.CreatedAt).ThenBy(i => i.Ref.ToString(), StringComparer.Ordinal).TakeLast(count).ToList();
        return [.. newest.Select((item, i) => i < newest.Count / 2
            ? item with { State = WorkItemState.Closed }
            : item with { State = WorkItemState.Open, Resolution = null, Links = [.. item.Links.Where(l => l.Kind != LinkKind.DuplicateOf)] })];
    }

    private static ModelStandInOptions Played { get; } = new() { Keys = [AskedDay.Key], ChatModels = [AskedDay.Model] };

    /// <summary>A day's changes: a sentence is added to the description, or somebody comments.</summary>
    private static WorkItem Changed(WorkItem item, Random random) => random.Next(2) == 0
        ? item with { Body = $"{item.Body}\n\n{Said[random.Next(Said.Length)]}" }
        : item with
        {
            History = item.History with
            {
                IsKnown = true,
                Comments = [.. item.History.Comments, new WorkItemComment(new Person($"reporter{random.Next(200)}"), (item.CreatedAt ?? default).AddDays(30), Said[random.Next(Said.Length)])],
            },
        };

    private static void Print(string name, Used used) =>
        Console.WriteLine($"| {name} | {used.Calls:N0} | {used.InputTokens:N0} | {used.CachedTokens:N0} | {used.OutputTokens:N0} |");

    private static Used Sum(ModelStandIn model) => model.Chats.Values.Aggregate(
        new Used(0, 0, 0, 0), (sum, c) => new Used(sum.Calls + c.Calls, sum.InputTokens + c.InputTokens, sum.CachedTokens + c.CachedTokens, sum.OutputTokens + c.OutputTokens));

    private sealed record Used(long Calls, long InputTokens, long CachedTokens, long OutputTokens)
    {
        public long Tokens => InputTokens + OutputTokens;

        public Used Minus(Used other) => new(Calls - other.Calls, InputTokens - other.InputTokens, CachedTokens - other.CachedTokens, OutputTokens - other.OutputTokens);
    }
}
