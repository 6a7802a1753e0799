using System.Text.Json.Nodes;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class HookOverrideTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_tag_that_a_person_took_off_is_not_put_back()
    {
        var overrides = Overrides(("System.Tags", HookTests.Change("UI; Needs Info", "ui")));

        overrides.ShouldBe([new HumanOverride("label:needs info", null, "ada@contoso.com", At)]);
        overrides[0].Forbids(new AddLabel(new Label("needs info"))).ShouldBeTrue();
    }

    [Fact]
    public void Somebody_who_was_taken_off_is_not_assigned_again()
    {
        var overrides = Overrides(("System.AssignedTo", HookTests.Change("Grace <grace@contoso.com>", "Ada <ada@contoso.com>")));

        overrides.ShouldHaveSingleItem().Forbids(new Assign(new Person("grace@contoso.com"))).ShouldBeTrue();
        overrides[0].Forbids(new Assign(new Person("linus@contoso.com"))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Microsoft.VSTS.Common.Priority", WorkItemField.Priority, "1", "2")]
    [InlineData("Microsoft.VSTS.Common.Severity", WorkItemField.Severity, "1 - Critical", "3 - Medium")]
    [InlineData("System.AreaPath", WorkItemField.Area, @"Web Shop\Checkout", @"Web Shop\Search")]
    [InlineData("System.WorkItemType", WorkItemField.Type, "Bug", "Task")]
    [InlineData("System.State", WorkItemField.Status, "New", "Active")]
    [InlineData("Microsoft.VSTS.Scheduling.Effort", WorkItemField.Estimate, "5", "8")]
    public void A_value_that_a_person_replaced_is_not_set_again(string field, WorkItemField ours, string before, string after)
    {
        var overrides = Overrides((field, HookTests.Change(before, after)));

        overrides.ShouldBe([new HumanOverride($"field:{ours}", before, "ada@contoso.com", At)]);
        overrides[0].Forbids(new SetField(ours, before)).ShouldBeTrue();
        overrides[0].Forbids(new SetField(ours, after)).ShouldBeFalse();
    }

    [Fact]
    public void A_number_is_refused_as_the_text_that_we_write()
    {
        var overrides = Overrides(("Microsoft.VSTS.Common.Priority", HookTests.Change(1, 2)));

        overrides.ShouldHaveSingleItem().Value.ShouldBe("1");
    }

    [Fact]
    public void Reopening_forbids_to_close_again() =>
        Overrides(("System.State", HookTests.Change("Closed", "Active"))).ShouldContain(o => o.Slot == "close" && o.Value == null);

    [Fact]
    public void What_replaced_nothing_refuses_nothing() =>
        Overrides(
            ("Microsoft.VSTS.Common.Priority", HookTests.Change(null, 2)),
            ("System.AreaPath", HookTests.Change("Web Shop", @"Web Shop\Checkout")),
            ("System.Tags", HookTests.Change(null, "ui")),
            ("System.AssignedTo", HookTests.Change(null, "Ada <ada@contoso.com>")))
            .ShouldBeEmpty();

    [Fact]
    public void What_a_bot_or_we_ourselves_took_away_is_no_word_of_a_person()
    {
        var body = HookTests.Updated(u =>
        {
            u["fields"]!["System.Tags"] = HookTests.Change("ui", null);
            u["revisedBy"] = new JsonObject { ["uniqueName"] = @"Build\abc", ["descriptor"] = "svc.abc" };
        });

        HookTests.Hooks().Read(HookTests.Request(body)).Overrides.ShouldBeEmpty();
        HookTests.Hooks(o => o with { OwnIdentity = "ada@contoso.com" })
            .Read(HookTests.Request(HookTests.Updated(u => u["fields"]!["System.Tags"] = HookTests.Change("ui", null)))).Overrides.ShouldBeEmpty();
    }

    private static IReadOnlyList<HumanOverride> Overrides(params (string Field, JsonObject Change)[] changes) =>
        HookTests.Hooks().Read(HookTests.Request(HookTests.Updated(u =>
        {
            foreach (var (field, change) in changes)
                u["fields"]![field] = change;
        }))).Overrides;
}
