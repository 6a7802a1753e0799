using System.Diagnostics.Metrics;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Telemetry;

/// <summary>What is measured, beside <see cref="WorkflowMetrics"/>. docs/observability.md tells of each; dashboards and alarms go by these names.</summary>
public static class BacklogMetrics
{
    private static readonly Meter Meter = WorkflowMetrics.Meter;

    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "backlog.deliveries", "{delivery}", "Calls of trackers, by what became of them.");

    private static readonly Counter<long> AsideDeliveries = Meter.CreateCounter<long>(
        "backlog.deliveries.put_aside", "{delivery}", "Deliveries that failed to the last and wait for a person.");

    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>(
        "backlog.decisions", "{decision}", "Decisions, by what is done and what would be done if the policy let it.");

    private static readonly Counter<long> Effects = Meter.CreateCounter<long>(
        "backlog.effects", "{change}", "Changes sent to a tracker, by what became of them.");

    private static readonly Counter<long> ModelQuestions = Meter.CreateCounter<long>(
        "backlog.model.questions", "{question}", "Questions to language models, by prompt and what became of them.");

    private static readonly Counter<long> ModelTokens = Meter.CreateCounter<long>(
        "backlog.model.tokens", "{token}", "Tokens of language models: input, cached (a part of input) and output.");

    private static readonly Gauge<long> PendingDeliveries = Meter.CreateGauge<long>(
        "backlog.deliveries.pending", "{delivery}", "Deliveries that wait to be started.");

    private static readonly Gauge<long> Alarms = Meter.CreateGauge<long>("backlog.alarms", "{alarm}", "Alarms that are open.");

    private static readonly Gauge<double> BudgetLeft = Meter.CreateGauge<double>(
        "backlog.tracker.budget_left", "1", "Part of the hour's requests that a tracker's host still allows: its scarcest counter.");

    private static readonly Gauge<double> SweepAge = Meter.CreateGauge<double>(
        "backlog.sweep.age", "s", "Time since the moment for which a backlog was swept last.");

    /// <summary>Whether anybody looks at what <see cref="BacklogGauges"/> would measure.</summary>
    public static bool HasGauges => PendingDeliveries.Enabled || Alarms.Enabled || SweepAge.Enabled;

    /// <param name="result"><see cref="DeliveryResults"/>.</param>
    public static void Delivered(string tracker, string result) => Deliveries.Add(1, new("tracker", tracker), new("result", result));

    public static void PutAside(string tracker) => AsideDeliveries.Add(1, new KeyValuePair<string, object?>("tracker", tracker));

    /// <summary>By the strongest verdict among the changes, as it is and as it would be.</summary>
    public static void Decided(IEnumerable<Decision> decisions)
    {
        if (!Decisions.Enabled)
            return;
        foreach (var (kind, count) in decisions.CountBy(d => (d.Verdict, WouldBe: d.Changes.Select(c => c.WouldBe).DefaultIfEmpty().Max())))
            Decisions.Add(count, new("verdict", Word(kind.Verdict)), new("would_be", Word(kind.WouldBe)));
    }

    public static void Changed(string tracker, ChangeOutcome outcome) =>
        Effects.Add(1, new("tracker", tracker), new("change", Kind(outcome.Change)), new("result", Word(outcome.State)));

    public static void Asked(Consultation call)
    {
        ModelQuestions.Add(1, new("prompt", call.Prompt), new("model", call.Model), new("result", call.Reused ? "reused" : call.Result));
        Count(call.InputTokens, "input");
        Count(call.CachedTokens, "cached");
        Count(call.OutputTokens, "output");

        void Count(long tokens, string direction)
        {
            if (tokens > 0)
                ModelTokens.Add(tokens, new("prompt", call.Prompt), new("model", call.Model), new("direction", direction));
        }
    }

    public static void Waiting(int deliveries) => PendingDeliveries.Record(deliveries);

    public static void Alarmed(int alarms) => Alarms.Record(alarms);

    /// <param name="left">0 … 1.</param>
    public static void Left(string host, double left) => BudgetLeft.Record(left, new KeyValuePair<string, object?>("host", host));

    public static void Swept(string backlog, TimeSpan ago) => SweepAge.Record(ago.TotalSeconds, new KeyValuePair<string, object?>("backlog", backlog));

    /// <summary>The kind of a change: <c>add_label</c>.</summary>
    public static string Kind(Change change) => Snake(change.GetType().Name);

    /// <summary>An enum as a word: <c>not_applied</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum =>
        Snake(value.ToString());

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

/// <summary>What becomes of a call.</summary>
public static class DeliveryResults
{
    /// <summary>Stored; its triage is started.</summary>
    public const string Accepted = "accepted";

    /// <summary>This delivery was stored before.</summary>
    public const string Repeated = "repeated";

    /// <summary>Another delivery told the same.</summary>
    public const string SameContent = "same_content";

    /// <summary>Tells nothing that is triaged.</summary>
    public const string Ignored = "ignored";

    /// <summary>An event that this program does not know.</summary>
    public const string Unknown = "unknown";

    /// <summary>The tracker's own trial.</summary>
    public const string Ping = "ping";

    /// <summary>It does not prove where it comes from.</summary>
    public const string Refused = "refused";

    /// <summary>Nobody could read it.</summary>
    public const string Unreadable = "unreadable";
}
