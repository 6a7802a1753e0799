using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Telemetry;

namespace ServerlessBacklog.Triage.Models;

/// <summary>
/// The one place from which a language model is asked. On the way out: what may be sent, redacted, fenced, within the budget, and not at all where the answer
/// is known. On the way back: strictly parsed, checked against the sources, mended once, looked at with suspicion. Never throws for what a model does.
/// </summary>
public sealed class ModelDesk(ModelSetup setup, ModelBudget budget, IModelCache cache, PrivacySettings privacy, TimeProvider time)
{
    /// <summary>A failing service is asked again by the next look that comes after this.</summary>
    private static readonly TimeSpan SoonAgain = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim places = new(Math.Max(1, setup.AtOnce));

    public bool MayAsk(string backlog) => setup.MayAsk(backlog);

    /// <summary>The prompt as it would be sent.</summary>
    public PromptText Compose(PromptFile prompt, string about, IReadOnlyList<SourceText> sources, IEnumerable<string> people) =>
        Compose(prompt, about, sources, new Redaction(privacy, people));

    private PromptText Compose(PromptFile prompt, string about, IReadOnlyList<SourceText> sources, Redaction redaction) => PromptText.Of(
        prompt, about, [.. sources.Where(s => privacy.Fields.MaySend(s.Field)).Select(s => s with { Text = redaction.Hide(s.Text) })], setup.ContextTokens);

    /// <summary>True when the answer is kept from before, so that asking costs nothing.</summary>
    public async Task<bool> KnowsAsync(string backlog, PromptFile prompt, PromptText text, CancellationToken cancellation) =>
        await cache.FindAsync(backlog, text.Digest(setup.ChatModel, prompt), cancellation) is not null;

    public async Task<ModelAnswer<T>> AskAsync<T>(ModelQuestion<T> question, CancellationToken cancellation)
        where T : class
    {
        var prompt = question.Prompt;
        var call = new Consultation(prompt.Name, prompt.Version, prompt.Hash, setup.ChatModel, "");
        if (!setup.MayAsk(question.Backlog))
            return NoAnswer<T>(call, ModelFailure.Misconfigured, "no model may be asked about this backlog", null);
        var redaction = new Redaction(privacy, question.People);
        var text = Compose(prompt, question.About, question.Sources, redaction);
        var key = text.Digest(setup.ChatModel, prompt);
        if (await cache.FindAsync(question.Backlog, key, cancellation) is { } kept
            && Read(question, kept, redaction.Restore, [], out _) is { Value: { } known })
        {
            await budget.EndAsync(question.Backlog, 0, new ModelUse(Reused: 1), cancellation);
            BacklogMetrics.Asked(call with { Result = Consultation.Answered, Reused = true });
            return new ModelAnswer<T>(known, call with { Result = Consultation.Answered, Reused = true });
        }

        var tokens = (long)text.Tokens + prompt.MostTokens;
        await places.WaitAsync(cancellation);
        try
        {
            if (await budget.WhyNotAsync(question.Backlog, tokens, cancellation) is { } why)
                return NoAnswer<T>(call, ModelFailure.OverBudget, why, budget.NextDay);
            budget.Begin(question.Backlog, tokens);
            var talk = new Talk<T>(setup, question, text, redaction);
            try
            {
                var answer = await talk.RunAsync(cancellation);
                if (answer is not null)
                    await cache.SaveAsync(question.Backlog, key, talk.Said!, time.GetUtcNow(), cancellation);
                var made = talk.Complete(call);
                BacklogMetrics.Asked(made);
                return new ModelAnswer<T>(answer, made, talk.Why) { Failure = talk.Failure, AgainAt = AgainAt(talk.Failure, null) };
            }
            catch (ModelException failed)
            {
                var made = talk.Complete(call) with { Result = BacklogMetrics.Word(failed.Failure) };
                BacklogMetrics.Asked(made);
                return new ModelAnswer<T>(null, made, failed.Message) { Failure = failed.Failure, AgainAt = AgainAt(failed.Failure, failed.RetryAfter) };
            }
            finally
            {
                // What was used is used, also when the caller has gone.
                await budget.EndAsync(question.Backlog, tokens, talk.Use, CancellationToken.None);
            }
        }
        finally
        {
            places.Release();
        }
    }

    private static ModelAnswer<T> NoAnswer<T>(Consultation call, ModelFailure failure, string why, DateTimeOffset? againAt)
        where T : class
    {
        var made = call with { Result = BacklogMetrics.Word(failure) };
        BacklogMetrics.Asked(made);
        return new ModelAnswer<T>(null, made, why) { Failure = failure, AgainAt = againAt };
    }

    private DateTimeOffset? AgainAt(ModelFailure? failure, TimeSpan? retryAfter) => failure switch
    {
        ModelFailure.Unavailable or ModelFailure.TimedOut or ModelFailure.DetectorDown => time.GetUtcNow() + (retryAfter > SoonAgain ? retryAfter.Value : SoonAgain),
        ModelFailure.Misconfigured => budget.NextDay,
        _ => null,
    };

    /// <summary>Judges what a model said. The fault names no word of it.</summary>
    private static Judged<T> Read<T>(ModelQuestion<T> question, string said, Func<string, string> restore, IReadOnlyCollection<string> secrets, out string? fault)
        where T : class
    {
        if (AnswerJson.Read<T>(said, restore, out fault) is not { } answer)
            return new Judged<T>(null, ModelFailure.Invalid);
        try
        {
            if (Suspicion.InAnswer([.. Strings(JsonNode.Parse(said)).Select(restore)], [.. question.Sources.Select(s => s.Text)], secrets) is { } odd)
            {
                fault = $"it holds {odd}";
                return new Judged<T>(null, ModelFailure.Suspicious);
            }
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            fault = "it could not be looked at for signs of a planted instruction";
            return new Judged<T>(null, ModelFailure.DetectorDown);
        }

        var faults = question.Faults(answer).Take(5).ToList();
        fault = faults.Count == 0 ? null : string.Join("; ", faults);
        return new Judged<T>(faults.Count == 0 ? answer : null, faults.Count == 0 ? null : ModelFailure.Invalid);
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Strings(m.Value)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    private sealed record Judged<T>(T? Value, ModelFailure? Failure);

    /// <summary>One question and its answer, with one chance to mend it.</summary>
    private sealed class Talk<T>(ModelSetup setup, ModelQuestion<T> question, PromptText text, Redaction redaction)
        where T : class
    {
        private int requests;

        public ModelUse Use { get; private set; } = new();

        public ModelFailure? Failure { get; private set; }

        public string? Why { get; private set; }

        /// <summary>The answer that was good, as the model wrote it.</summary>
        public string? Said { get; private set; }

        public async Task<T?> RunAsync(CancellationToken cancellation)
        {
            var nonce = RandomNumberGenerator.GetHexString(16, lowercase: true);
            var messages = text.Messages(nonce);
            for (var attempt = 1; ; attempt++)
            {
                var said = await SayAsync(messages, cancellation);
                var judged = Read(question, said, redaction.Restore, [nonce], out var fault);
                if (judged.Value is not null)
                {
                    Said = said;
                    return judged.Value;
                }

                if (judged.Failure != ModelFailure.Invalid || attempt == 2)
                {
                    (Failure, Why) = (judged.Failure, $"the answer was not taken: {fault}");
                    return null;
                }

                messages.Add(new ChatMessage(ChatRole.Assistant, said));
                messages.Add(new ChatMessage(ChatRole.User, $"That answer cannot be taken: {fault}. Give the whole object again, with this mended and nothing else changed."));
            }
        }

        public Consultation Complete(Consultation call) => call with
        {
            Result = Failure is { } failure ? BacklogMetrics.Word(failure) : Consultation.Answered,
            Requests = requests,
            InputTokens = Use.InputTokens,
            CachedTokens = Use.CachedTokens,
            OutputTokens = Use.OutputTokens,
        };

        private async Task<string> SayAsync(List<ChatMessage> messages, CancellationToken cancellation)
        {
            requests++;
            Use = Use with { Calls = Use.Calls + 1 };
            try
            {
                var response = await setup.Chat!.GetResponseAsync(messages, new ChatOptions
                {
                    Temperature = 0,
                    MaxOutputTokens = question.Prompt.MostTokens,
                    ResponseFormat = ChatResponseFormat.ForJsonSchema(question.Prompt.Schema, question.Prompt.Name.Replace('-', '_')),
                }, cancellation);
                var said = response.Text;
                Count(response.Usage ?? new UsageDetails { InputTokenCount = messages.Sum(m => TokenEstimate.Of(m.Text)), OutputTokenCount = TokenEstimate.Of(said) });
                return string.IsNullOrWhiteSpace(said) ? throw new ModelException(ModelFailure.Invalid, "the model answered with nothing") : said;
            }
            catch (ModelException failed) when (failed.Usage is { } use)
            {
                // An answer that cannot be used is paid for all the same.
                Count(use);
                throw;
            }
        }

        private void Count(UsageDetails use) =>
            Use = Use.Plus(new ModelUse(0, 0, use.InputTokenCount ?? 0, use.CachedInputTokenCount ?? 0, use.OutputTokenCount ?? 0));
    }
}
