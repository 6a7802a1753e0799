using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Chat;

/// <summary>
/// Does what was received from a chat, each request once: in the process that received it, or, should that die, in the next one that looks.
/// </summary>
public sealed partial class ChatListener(IEnumerable<IChat> chats, IChatStore store, IPeopleDirectory directory, ChatTalk talk, TimeProvider time, ILogger<ChatListener> logger)
{
    /// <summary>A chat takes answers for half an hour (docs.slack.dev, "Handling user interaction").</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <summary>Whoever took a request up is done or dead by then.</summary>
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Dictionary<string, IChat> byName = chats.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Goes on with what a process left that died, and forgets what is old.</summary>
    public async Task GoOnAsync(IOrchestrationClient client, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var request in await store.WaitingAsync(now - Claimed, cancellation))
        {
            try
            {
                await HearAsync(client, request, cancellation);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                Log.NotHeard(logger, request.Channel, fault.GetType().Name);
            }
        }

        await store.PurgeAsync(now - Kept, cancellation);
    }

    public async Task HearAsync(IOrchestrationClient client, ChatRequest request, CancellationToken cancellation)
    {
        if (!byName.TryGetValue(request.Channel, out var chat) || await store.ClaimAsync(request, time.GetUtcNow(), cancellation) is not { } claimed)
            return;
        if (time.GetUtcNow() - request.At > Life)
        {
            // Nobody could be told, and nobody waits any more.
            await store.EndAsync(claimed, cancellation);
            return;
        }

        var reply = await AnswerAsync(client, request, cancellation);
        // What changed something is done, whether or not the person can be told: the tracker shows it.
        if (request.Act != ChatAct.Say)
            await store.EndAsync(claimed, cancellation);
        if (await chat.ReplyAsync(request, reply, cancellation) && request.Act == ChatAct.Say)
            await store.EndAsync(claimed, cancellation);
    }

    private async Task<ChatReply> AnswerAsync(IOrchestrationClient client, ChatRequest request, CancellationToken cancellation)
    {
        if (request.Act == ChatAct.Cancel)
            return new ChatReply("Nothing was done.") { Replaces = true };
        if ((await directory.LoadAsync(cancellation)).Find(request.Channel, request.User) is not { } person)
            return new ChatReply($"I do not know who you are in the tracker, so nothing was done. Ask whoever runs this backlog to add the line `{request.Channel}: {request.User}` to your record in the people directory (docs/people.md).");
        try
        {
            return request.Act == ChatAct.Say ? await talk.HeardAsync(client, request, person, cancellation) : await talk.PressedAsync(client, request, person, cancellation);
        }
        catch (UserErrorException wrong)
        {
            return new ChatReply(wrong.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What was said in {Chat} could not be done yet ({Fault}).")]
        public static partial void NotHeard(ILogger logger, string chat, string fault);
    }
}
