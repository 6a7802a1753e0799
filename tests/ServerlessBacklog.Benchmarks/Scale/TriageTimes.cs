using System.Diagnostics;
using System.Text.Json;

namespace ServerlessBacklog.Benchmarks.Scale;

/// <summary>One size, triaged twice by the built program: report and findings written both times.</summary>
/// <param name="Seconds">Of the first run, from start to end of the process.</param>
/// <param name="AgainSeconds">Of a second run over the unchanged source.</param>
internal sealed record TriageTimes(int Items, int Open, double Seconds, double PeakMegabytes, double AgainSeconds)
{
    public static async Task<TriageTimes> MeasureAsync(string program, string source, string folder)
    {
        var (seconds, first) = await TriageAsync(program, source, folder);
        var (again, _) = await TriageAsync(program, source, folder);
        return new TriageTimes(
            first.GetProperty("items").GetInt32(), first.GetProperty("open").GetInt32(), seconds, first.GetProperty("peak_memory_mb").GetDouble(), again);
    }

    private static async Task<(double Seconds, JsonElement Findings)> TriageAsync(string program, string source, string folder)
    {
        var findings = Path.Combine(folder, "findings.json");
        string[] arguments =
            ["triage", $"file:{source}", "--data-dir", Path.Combine(folder, "data"), "--report", Path.Combine(folder, "report.html"), "--json", findings, "--quiet"];
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{program}' ended with {process.ExitCode}: {said}");
        await using var file = File.OpenRead(findings);
        using var document = await JsonDocument.ParseAsync(file);
        return (seconds, document.RootElement.Clone());
    }
}
