using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Waits;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Orchestrations;

/// <summary>
/// Waits with an announced close until its day, looking once a day and on the day itself whether somebody objects: reactions raise no webhook. Waits of more
/// than a week are due rows, which a timer looks at and which start this for their end.
/// </summary>
public sealed class WaitForVeto : IOrchestration<WaitInput, WaitState>
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromDays(1);

    /// <summary>More than a wait of a week needs: one that cannot come to its end is begun anew by the timer, on the version of then.</summary>
    private const int MostLooks = 12;

    /// <summary>Longer sleeps would meet a newer version of the program.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static OrchestrationRef<WaitInput, WaitState> Ref { get; } = new("WaitForVeto");

    public async Task<WaitState> RunAsync(IOrchestrationContext context, WaitInput input)
    {
        for (var looks = 0; ; looks++)
        {
            var look = await context.CallAsync(LookAtWait.Ref, input with { Now = context.UtcNow });
            if (look.Decision is { } decision)
            {
                await context.CallAsync(ApplyDecision.Ref, new ApplyRequest(input.Backlog, input.Item, decision, context.UtcNow, look.Answer) { Trace = input.Trace });
                continue;
            }

            if (look.State != WaitState.Waiting || look.DueAt is not { } due || due - context.UtcNow > Longest || looks >= MostLooks)
                return look.State;
            await context.SleepUntilAsync(due < context.UtcNow + BetweenLooks ? due : context.UtcNow + BetweenLooks);
        }
    }
}
