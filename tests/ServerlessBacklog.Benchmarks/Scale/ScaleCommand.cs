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
        var program = FindProgram();
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

    /// <summary>The program as built beside this one, in the same configuration.</summary>
    private static string FindProgram()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = output; folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "src", "ServerlessBacklog.LocalHost", "bin", output.Parent!.Name, output.Name, "backlog");
            foreach (var program in new[] { built, $"{built}.exe" })
            {
                if (File.Exists(program))
                    return program;
            }
        }

        throw new FileNotFoundException("The program 'backlog' is not built in this configuration. Run: dotnet build src/ServerlessBacklog.LocalHost -c Release");
    }
}
