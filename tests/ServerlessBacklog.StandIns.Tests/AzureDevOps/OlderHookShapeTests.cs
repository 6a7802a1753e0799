using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.StandIns.Tests.AzureDevOps;

public sealed class OlderHookShapeTests : AzureDevOpsTests
{
    internal override AzureDevOpsStandInOptions Options => base.Options with { UpdatesWithoutItemId = true, CommentsWithReference = false };

    [Fact]
    public async Task The_item_of_an_update_may_stand_in_its_revision_only_and_comments_may_be_fields_alone()
    {
        await DevOps.SubscribeAsync("Shop", new AzureDevOpsHookTarget(Receiver.Address));
        var id = await ItemAsync("1");
        await DevOps.CommentAsync(id, Anna, "me too");
        await DevOps.DrainAsync();

        var (updated, commented) = (Receiver.Calls.ElementAt(1).Json["resource"]!, Receiver.Calls.ElementAt(2).Json["resource"]!);
        (updated["workItemId"]!.GetValue<int>(), updated["revision"]!["id"]!.GetValue<int>()).ShouldBe((0, id));
        commented["commentVersionRef"].ShouldBeNull();
        commented["fields"]!["System.History"]!.ToString().ShouldBe("me too");
    }
}
