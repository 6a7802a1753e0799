using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Tests.Orchestrations.Histories;

/// <summary>What is recorded, by the file's name. A new version of an orchestration is recorded under names of its own; those of older versions stay.</summary>
internal static class HistoryScenarios
{
    private static readonly WorkItem Edited = An.Item(1, "Something else to do");

    public static IReadOnlyDictionary<string, Func<Task<RecordedHistory>>> All { get; } = new Dictionary<string, Func<Task<RecordedHistory>>>
    {
        ["TriageItem.applied"] = () => TriageAsync(_ => Task.CompletedTask, Sure()),
        ["TriageItem.nothing-to-do"] = () => TriageAsync(_ => Task.CompletedTask, new FakeStep("type")),
        ["TriageItem.not-open"] = () => TriageAsync(_ => Task.CompletedTask, An.Item(1) with { State = WorkItemState.Closed }, Sure()),
        ["TriageItem.asked"] = () => TriageAsync(_ => Task.CompletedTask, Sure(), ToClose()),
        ["TriageItem.approved"] = () => TriageAsync(d => d.AnswerAsync(approved: true, note: "Yes."), Sure(), ToClose()),
        ["TriageItem.rejected"] = () => TriageAsync(d => d.AnswerAsync(approved: false), ToClose()),
        ["TriageItem.expired"] = () => TriageAsync(d => d.Runtime.AdvanceAsync(TimeSpan.FromDays(7)), ToClose()),
        ["TriageItem.told-twice"] = () => TriageAsync(d => d.TriageAsync(), ToClose()),
        ["TriageItem.superseded"] = () => TriageAsync(EditAndApproveAsync, ToClose()),
        ["TriageItem.changed-meanwhile"] = ChangedMeanwhileAsync,
        ["TriageItem.step-failed"] = () => TriageAsync(
            d => d.Runtime.EndAsync(TriageItemDriver.Id, TimeSpan.FromMinutes(1)),
            Sure(), new FakeStep("broken") { Look = _ => throw new InvalidDataException("poison") }),
        ["CarryOut.command"] = () => CarryOutAsync(),
        ["WaitForVeto.closed"] = () => WaitAsync(new Close(CloseReason.Duplicate, An.Ref(7)), days: 8),
        ["WaitForVeto.vetoed"] = () => WaitAsync(new Close(CloseReason.Duplicate, An.Ref(7)), days: 3, comment: true),
        ["WaitForVeto.far-away"] = () => WaitAsync(new Close(CloseReason.NotPlanned), days: 1),
        // How many pages there are is told by the tracker: a run with one less is as good, so that only these lengths show what is missing.
        ["ReconcileBacklog.one-page"] = () => ReconcileAsync(pages: 1),
        ["ReconcileBacklog.incomplete"] = () => ReconcileAsync(pages: 1, stopsAt: 1),
        ["ReconcileBacklog.continued"] = () => ReconcileAsync(pages: 51),
        ["SweepBacklog.pages"] = () => SweepAsync((3 * PlanSweep.PageSize) + 1),
        ["SweepBacklog.continued"] = () => SweepAsync(17 * PlanSweep.PageSize),
        ["SweepBacklog.unchanged"] = () => SweepAsync(10, before: d => d.SweepAsync()),
        ["SweepBacklog.lost-plan"] = () => SweepAsync(3 * PlanSweep.PageSize, before: d =>
        {
            d.LosePlanBefore = tries => tries == 2;
            return Task.CompletedTask;
        }),
    };

    private static FakeStep Sure() => new FakeStep("type").Proposing(TriageItemDriver.Bug);

    private static FakeStep ToClose() => new FakeStep("grooming", stage: 2).Proposing(new Close(CloseReason.NotPlanned));

    private static Task<RecordedHistory> TriageAsync(Func<TriageItemDriver, Task> then, params FakeStep[] steps) =>
        TriageAsync(then, An.Item(1), steps);

    private static async Task<RecordedHistory> TriageAsync(Func<TriageItemDriver, Task> then, WorkItem item, params FakeStep[] steps)
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, oneByOne: true, steps);
        var recorder = new HistoryRecorder(driver.Runtime, TriageItemDriver.Id);
        await driver.TriageAsync(item);
        await then(driver);
        return await recorder.EndAsync();
    }

    private static async Task<RecordedHistory> CarryOutAsync()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, oneByOne: true, Sure());
        var decision = PersonalDecision.Of(An.Item(1), "ada", An.Instant, "command", [(PersonalDecision.Step, TriageItemDriver.Bug)], "ada said so");
        await driver.Store.AppendDecisionAsync(TriageItemDriver.Backlog, decision, CancellationToken.None);
        var id = InstanceIds.OfCarryOut(TriageItemDriver.Backlog, An.Ref(1), decision.Id);
        var recorder = new HistoryRecorder(driver.Runtime, id);
        await driver.Client.StartAsync(CarryOut.Ref, id, new CarryOutInput(TriageItemDriver.Backlog, An.Ref(1), decision.Id, new ApprovalAnswer(true, "ada")), CancellationToken.None);
        return await recorder.EndAsync();
    }

    private static async Task<RecordedHistory> WaitAsync(Close close, int days, bool comment = false)
    {
        await using var driver = await TriageItemDriver.CreateAsync(new TriageSettings { Policy = TriageItemDriver.Auto }, oneByOne: true, new FakeStep("grooming", stage: 2).Proposing(close));
        var item = An.Item(1) with { History = new WorkItemHistory { IsKnown = true } };
        driver.Tracker.Looks = _ => ItemLook.Of(item);
        await driver.TriageAsync(item);
        await driver.AnswerAsync(approved: true);
        var recorder = new HistoryRecorder(driver.Runtime, InstanceIds.OfWait(TriageItemDriver.Backlog, An.Ref(1), (await driver.DecisionAsync()).Id));
        for (var day = 0; day < days; day++)
        {
            await driver.Upkeep.LookAtWaitsAsync(driver.Client, CancellationToken.None);
            await driver.Runtime.SettleAsync();
            if (comment)
                item = item with { History = item.History with { Comments = [new WorkItemComment(new Person("rita"), driver.Runtime.Now.AddHours(1), "It is another one.")] } };
            if (days > 1)
                await driver.Runtime.AdvanceAsync(TimeSpan.FromDays(1));
        }

        return await recorder.EndAsync();
    }

    private static async Task EditAndApproveAsync(TriageItemDriver driver)
    {
        await driver.TriageAsync(Edited);
        await driver.AnswerAsync(approved: true);
    }

    private static async Task<RecordedHistory> ChangedMeanwhileAsync()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, oneByOne: true, Sure(), ToClose());
        var told = false;
        driver.Runtime.Attempts.Before = async attempt =>
        {
            if (told || attempt.Activity != "RunStep")
                return;
            told = true;
            await driver.TellAsync(Edited);
        };
        var recorder = new HistoryRecorder(driver.Runtime, TriageItemDriver.Id);
        await driver.TriageAsync();
        return await recorder.EndAsync();
    }

    /// <param name="stopsAt">The page at which the budget is used up; 0 for none.</param>
    private static async Task<RecordedHistory> ReconcileAsync(int pages, int stopsAt = 0)
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, oneByOne: true, Sure());
        driver.Tracker.Pages = request => int.Parse(request.Continuation ?? "1") switch
        {
            var page when page == stopsAt => throw new BudgetExhaustedException("The budget is used up.") { Until = An.Instant.AddHours(1) },
            var page => new TrackerPage { Items = [An.Item(100 + page)], Next = page < pages ? $"{page + 1}" : null, Left = pages - page },
        };
        driver.Tracker.Open.UnionWith(Enumerable.Range(1, 200).Select(i => An.Ref(i)));
        var recorder = new HistoryRecorder(driver.Runtime, InstanceIds.OfReconcile(TriageItemDriver.Backlog));
        await driver.Client.StartAsync(
            ReconcileBacklog.Ref,
            InstanceIds.OfReconcile(TriageItemDriver.Backlog),
            new ReconcileInput(TriageItemDriver.Backlog, "github:owner/repo"),
            CancellationToken.None);
        await driver.Runtime.SettleAsync();
        return await recorder.EndAsync();
    }

    private static async Task<RecordedHistory> SweepAsync(int items, Func<SweepRunDriver, Task>? before = null)
    {
        await using var driver = await SweepRunDriver.CreateAsync(items, oneByOne: true, new FakeStep());
        await (before?.Invoke(driver) ?? Task.CompletedTask);
        var recorder = new HistoryRecorder(driver.Runtime, SweepRunDriver.Id);
        await driver.SweepAsync();
        return await recorder.EndAsync();
    }
}
