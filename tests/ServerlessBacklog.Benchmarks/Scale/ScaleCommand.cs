using System.Globalization;
using ServerlessBacklog.Benchmarks.Parts;

namespace ServerlessBacklog.Benchmarks.Scale;

/// <summary>
/// <c>scale [ITEMS …]</c>: triages made backlogs of growing size and prints how time and memory grow (docs/performance.md).
/// </summary>
internal static class ScaleCommand
{
    private static readonly int[] Sizes = [2500, 5000, 10_000, 20_000];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var sizes = arguments.Count == 0 ? Sizes : [.. arguments.Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        var program = BuiltProgram.Find();
        var measured = new List<TriageTimes>();
        Console.WriteLine("| items | open | first run, s | peak, MB | second run, s | second / first |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        foreach (var size in sizes)
        {
            var folder = Directory.CreateTempSubdirectory("backlog-scale-").FullName;
            try
            {
                var source = Path.Combine(folder, "made.jsonl");
                await MadeBacklog.WriteAsync(SampleBacklog.Path, size, source);
                var times = await TriageTimes.MeasureAsync(program, source, folder);
                measured.Add(times);
                Console.WriteLine($"| {times.Items:N0} | {times.Open:N0} | {times.Seconds:F1} | {times.PeakMegabytes:F0} | {times.AgainSeconds:F1} | {times.AgainSeconds / times.Seconds:P0} |");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        if (measured.Count > 1)
            Console.WriteLine($"\nThe first run grows with items^{Exponent(measured):F2}.");
        return 0;
    }

    /// <summary>Slope of the least-squares line through ln(seconds) over ln(items): 1 is linear growth.</summary>
    private static double Exponent(IReadOnlyList<TriageTimes> measured)
    {
        var points = measured.Select(m => (X: Math.Log(m.Items), Y: Math.Log(m.Seconds))).ToList();
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        return points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
    }
}
