using System.CommandLine;
using System.Diagnostics;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Evaluation;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog eval TASK --data FILE</c>: how good are the decisions, on backlogs whose truth is known.</summary>
internal static class EvalCommand
{
    private static readonly string Description = $"""
        Measure one kind of decision on labelled backlogs. Items are divided by time: what came later is judged by what was known before.
        Needs no store, no tracker and no model key, and writes nothing.

        Tasks:
        {string.Join('\n', EvaluationList.All.Select(e => $"  {e.Task,-12} {e.Protocol}"))}

        Examples:
          backlog eval duplicates --data bugs.jsonl.gz
          backlog eval assign --data a.jsonl.gz --data b.jsonl.gz --json
          backlog eval type --train 2023.jsonl --test 2024.jsonl --markdown
        """;

    public static Command Create()
    {
        var task = new Argument<string>("TASK") { Description = $"What is measured: {string.Join(", ", EvaluationList.All.Select(e => e.Task))}." };
        task.Validators.Add(result =>
        {
            if (result.Tokens is [var named] && EvaluationList.Find(named.Value) is null)
                result.AddError($"There is no task '{named.Value}'. There is: {string.Join(", ", EvaluationList.All.Select(e => e.Task))}.");
        });
        var data = Files("--data", "Labelled items, one JSON object a line (.jsonl, .jsonl.gz; docs/evaluation.md). Several files are read as one.");
        var train = Files("--train", "What is learned from, where the set has its own division (with --test).");
        var test = Files("--test", "What is judged (with --train).");
        var json = CommonOptions.Json();
        var markdown = new Option<bool>("--markdown") { Description = "Print a Markdown table." };
        var plain = new Option<bool>("--no-encoder") { Description = "Do without the text encoder that is shipped, as on a system that cannot run it." };
        var quiet = CommonOptions.Quiet();
        var command = new Command("eval", Description) { task, data, train, test, plain, json, markdown, quiet };
        command.Validators.Add(result =>
        {
            var (whole, learned, judged) = (result.GetResult(data) is not null, result.GetResult(train) is not null, result.GetResult(test) is not null);
            if (whole == (learned || judged) || learned != judged)
                result.AddError("Give the items with --data FILE, or already divided with --train FILE and --test FILE.");
        });
        command.SetRun(async (parsed, cancellation) =>
        {
            var evaluation = EvaluationList.Find(parsed.GetRequiredValue(task))!;
            var (whole, learned, judged) = (parsed.GetValue(data) ?? [], parsed.GetValue(train) ?? [], parsed.GetValue(test) ?? []);
            var since = Stopwatch.StartNew();
            var labelled = whole.Length > 0
                ? new LabelledData(await LabelledFile.ReadAsync(whole, cancellation))
                : new LabelledData(await LabelledFile.ReadAsync(learned, cancellation), await LabelledFile.ReadAsync(judged, cancellation));
            using var encoder = LocalEncoder.IsAvailable && !parsed.GetValue(plain) ? new LocalEncoder() : null;
            labelled = labelled with { Encoder = encoder };
            EvaluationResult result;
            using (var progress = new ProgressLine(parsed.GetValue(quiet) || parsed.GetValue(json)))
                result = evaluation.Run(labelled, new Shown(progress), cancellation);
            var report = new EvaluationReport(evaluation, [.. whole, .. learned, .. judged], result, since.Elapsed);
            if (parsed.GetValue(json))
                await EvaluationJson.WriteAsync(report, Console.OpenStandardOutput(), cancellation);
            else
                EvaluationText.Write(report, Console.Out, parsed.GetValue(markdown));
            return BacklogCommand.Done;
        });
        return command;
    }

    private static Option<string[]> Files(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", AllowMultipleArgumentsPerToken = true };

    private sealed class Shown(ProgressLine line) : IProgress<string>
    {
        private int done;

        public void Report(string value) => line.Show(value, ++done, 0);
    }
}
