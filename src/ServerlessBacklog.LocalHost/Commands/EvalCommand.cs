using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Evaluation;
using ServerlessBacklog.Triage.Evaluation.Models;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog eval TASK --data FILE</c>: how good are the decisions, on backlogs whose truth is known.</summary>
internal static class EvalCommand
{
    private static readonly string Description = $"""
        Measure one kind of decision on labelled backlogs. Items are divided by time: what came later is judged by what was known before.
        Needs no store, no tracker and no model key, and writes nothing.

        The last four measure what a language model makes of a prompt (docs/models.md): the one that is configured, or --model; with none, what
        there is without it. Whether a prompt passed is kept: one that has not leads to questions only, whatever the policy says.

        Tasks:
        {string.Join('\n', EvaluationList.All.Select(e => (e.Task, e.Protocol)).Concat(ModelEvaluationList.All.Select(e => (e.Task, e.Protocol))).Select(e => $"  {e.Task,-15} {e.Protocol}"))}

        Examples:
          backlog eval duplicates --data bugs.jsonl.gz
          backlog eval assign --data a.jsonl.gz --data b.jsonl.gz --json
          backlog eval type --train 2023.jsonl --test 2024.jsonl --markdown
          backlog eval groom --data vague.jsonl --model gpt-4.1-mini --most 100
        """;

    private static readonly string[] Tasks = [.. EvaluationList.All.Select(e => e.Task), .. ModelEvaluationList.All.Select(e => e.Task)];

    public static Command Create()
    {
        var task = new Argument<string>("TASK") { Description = $"What is measured: {string.Join(", ", Tasks)}." };
        task.Validators.Add(result =>
        {
            if (result.Tokens is [var named] && !Tasks.Contains(named.Value))
                result.AddError($"There is no task '{named.Value}'. There is: {string.Join(", ", Tasks)}.");
        });
        var data = Files("--data", "Labelled items, one JSON object a line (.jsonl, .jsonl.gz; docs/evaluation.md). Several files are read as one.");
        var train = Files("--train", "What is learned from, where the set has its own division (with --test).");
        var test = Files("--test", "What is judged (with --train).");
        var json = CommonOptions.Json();
        var markdown = new Option<bool>("--markdown") { Description = "Print a Markdown table." };
        var plain = new Option<bool>("--no-encoder") { Description = "Do without the text encoder that is shipped, as on a system that cannot run it." };
        var model = new Option<string?>("--model") { Description = "The model or deployment to evaluate, for groom, clarify, duplicate-judge and case-study. Default: Models:ChatDeployment.", HelpName = "NAME" };
        var most = new Option<int>("--most") { Description = "Cases that a model is asked about, spread evenly.", HelpName = "N", DefaultValueFactory = _ => 100 };
        most.Validators.Add(result =>
        {
            if (result.Tokens is [var count] && !(int.TryParse(count.Value, CultureInfo.InvariantCulture, out var number) && number >= 1))
                result.AddError("--most takes a number, 1 or more.");
        });
        var keep = new Option<bool>("--store") { Description = "Keep the precision of what would be applied, for the gate of the step in the backlog that --backlog names; it counts for 14 days." };
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var quiet = CommonOptions.Quiet();
        var command = new Command("eval", Description) { task, data, train, test, plain, model, most, keep, backlog, dataDir, storage, json, markdown, quiet };
        command.Validators.Add(result =>
        {
            var (whole, learned, judged) = (result.GetResult(data) is not null, result.GetResult(train) is not null, result.GetResult(test) is not null);
            if (whole == (learned || judged) || learned != judged)
                result.AddError("Give the items with --data FILE, or already divided with --train FILE and --test FILE.");
        });
        command.SetRun(async (parsed, cancellation) =>
        {
            var named = parsed.GetRequiredValue(task);
            var (whole, learned, judged) = (parsed.GetValue(data) ?? [], parsed.GetValue(train) ?? [], parsed.GetValue(test) ?? []);
            var since = Stopwatch.StartNew();
            var labelled = whole.Length > 0
                ? new LabelledData(await LabelledFile.ReadAsync(whole, cancellation))
                : new LabelledData(await LabelledFile.ReadAsync(learned, cancellation), await LabelledFile.ReadAsync(judged, cancellation));
            using var encoder = LocalEncoder.IsAvailable && !parsed.GetValue(plain) ? new LocalEncoder() : null;
            labelled = labelled with { Encoder = encoder };
            EvaluationReport report;
            using (var progress = new ProgressLine(parsed.GetValue(quiet) || parsed.GetValue(json)))
            {
                string[] files = [.. whole, .. learned, .. judged];
                if (ModelEvaluationList.Find(named) is { } asked)
                {
                    var run = new ModelEvalRun(asked, parsed.GetValue(dataDir)!, parsed.GetValue(storage), parsed.GetValue(model), parsed.GetValue(most));
                    var (result, proof) = await run.RunAsync(labelled, new Shown(progress), cancellation);
                    report = new EvaluationReport(asked.Task, asked.Protocol, files, result, since.Elapsed) { Proof = proof };
                }
                else
                {
                    var evaluation = EvaluationList.Find(named)!;
                    report = new EvaluationReport(evaluation.Task, evaluation.Protocol, files, evaluation.Run(labelled, new Shown(progress), cancellation), since.Elapsed);
                }
            }

            if (parsed.GetValue(json))
                await EvaluationJson.WriteAsync(report, Console.OpenStandardOutput(), cancellation);
            else
                EvaluationText.Write(report, Console.Out, parsed.GetValue(markdown));
            if (parsed.GetValue(keep))
            {
                await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
                var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
                var record = await StoredEvaluation.SaveAsync(services, name, named, report.Result, cancellation);
                await Console.Error.WriteLineAsync(FormattableString.Invariant($"Stored for {Show.OneLine(name)}: {record.Step} is right in {record.Precision:0.00} of {record.N} sure cases (95 % interval {record.Low:0.00} to {record.High:0.00})."));
            }

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
