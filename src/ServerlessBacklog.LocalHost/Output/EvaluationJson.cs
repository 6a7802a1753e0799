using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Evaluation;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>What an evaluation found, with what it cost.</summary>
internal sealed record EvaluationReport(string Task, string Protocol, IReadOnlyList<string> Files, EvaluationResult Result, TimeSpan Elapsed)
{
    /// <summary>Model, prompt and whether it passed; null where no language model is evaluated.</summary>
    public PromptProof? Proof { get; init; }

    /// <summary>Peak of the whole process.</summary>
    public double PeakMemoryMb { get; } = Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;
}

/// <summary>
/// What <c>eval --json</c> prints: <c>task</c>, <c>data</c>, <c>seconds</c>, <c>peak_memory_mb</c>, <c>pooled</c> and <c>projects</c> by name, each with
/// <c>n</c> and the figures of <see cref="Figure"/>; then thresholds, reliability and notes. Scripts depend on the names (DESIGN §6).
/// </summary>
internal static class EvaluationJson
{
    public static async Task WriteAsync(EvaluationReport report, Stream output, CancellationToken cancellation)
    {
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteString("task", report.Task);
        WriteTexts(writer, "data", report.Files.Select(f => Path.GetFileName(f)!));
        writer.WriteNumber("seconds", Math.Round(report.Elapsed.TotalSeconds, 3));
        writer.WriteNumber("peak_memory_mb", Math.Round(report.PeakMemoryMb, 1));
        writer.WriteString("protocol", report.Protocol);
        if (report.Proof is { } proof)
        {
            writer.WriteString("model", proof.Model);
            writer.WriteString("prompt", $"{proof.Prompt} {proof.Version}");
            writer.WriteString("prompt_hash", proof.Hash);
            writer.WriteBoolean("passed", proof.Passed);
        }

        writer.WritePropertyName("pooled");
        WriteMeasured(writer, report.Result.Pooled);
        writer.WriteStartObject("projects");
        foreach (var (name, measured) in report.Result.Projects)
        {
            writer.WritePropertyName(name);
            WriteMeasured(writer, measured);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("left_out");
        foreach (var (name, reason) in report.Result.LeftOut)
            writer.WriteString(name, reason);
        writer.WriteEndObject();
        WriteThresholds(writer, ThresholdTable.Of(report.Result.Cases, report.Result.Silent));
        WriteReliability(writer, Reliability.Table(report.Result.Cases));
        WriteTexts(writer, "notes", report.Result.Notes);
        writer.WriteEndObject();
        await writer.FlushAsync(cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }

    private static void WriteMeasured(Utf8JsonWriter writer, Measured measured)
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", measured.N);
        WriteFigures(writer, measured.Figures);
        WriteIntervals(writer, "intervals", measured.Intervals);
        if (measured.Baselines.Count > 0)
        {
            writer.WriteStartObject("baselines");
            foreach (var (name, figures) in measured.Baselines)
            {
                writer.WriteStartObject(name);
                WriteFigures(writer, figures);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        if (measured.GainsOver is { } over)
        {
            writer.WriteString("gains_over", over);
            WriteIntervals(writer, "gains", measured.Gains);
        }

        if (measured.Note is { } note)
            writer.WriteString("note", note);
        writer.WriteEndObject();
    }

    private static void WriteIntervals(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, Interval> intervals)
    {
        if (intervals.Count == 0)
            return;
        writer.WriteStartObject(name);
        foreach (var (figure, interval) in intervals)
        {
            writer.WriteStartArray(figure);
            WriteNumber(writer, interval.Low);
            WriteNumber(writer, interval.High);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter writer, IReadOnlyDictionary<string, double> figures)
    {
        foreach (var (name, value) in figures)
        {
            writer.WritePropertyName(name);
            WriteNumber(writer, value);
        }
    }

    private static void WriteThresholds(Utf8JsonWriter writer, IReadOnlyList<ThresholdRow> rows)
    {
        writer.WriteStartArray("thresholds");
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            writer.WriteNumber("threshold", row.Threshold);
            writer.WriteNumber("match", Math.Round(row.Match, 4));
            writer.WriteNumber("mismatch", Math.Round(row.Mismatch, 4));
            writer.WriteNumber("abstain", Math.Round(row.Abstain, 4));
            writer.WritePropertyName("precision");
            WriteNumber(writer, row.Precision);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteReliability(Utf8JsonWriter writer, IReadOnlyList<ReliabilityBin> bins)
    {
        writer.WriteStartArray("reliability");
        foreach (var bin in bins)
        {
            writer.WriteStartObject();
            writer.WriteNumber("n", bin.Count);
            writer.WriteNumber("said", Math.Round(bin.Said, 4));
            writer.WriteNumber("right", Math.Round(bin.Right, 4));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A figure that cannot be had is null: JSON knows no not-a-number.</summary>
    private static void WriteNumber(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(Math.Round(value, 4));
        else
            writer.WriteNullValue();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
