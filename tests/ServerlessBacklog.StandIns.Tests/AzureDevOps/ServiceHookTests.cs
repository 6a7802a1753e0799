using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.StandIns.Tests.AzureDevOps;

public sealed class ServiceHookTests : AzureDevOpsTests
{
    [Fact]
    public async Task Events_carry_the_header_and_the_password_that_were_set()
    {
        await SubscribeAsync();

        await ItemAsync("Crash");
        await DevOps.DrainAsync();

        var call = Receiver.Calls.ShouldHaveSingleItem();
        call.Headers["X-Backlog-Secret"].ShouldBe("s3cret");
        call.Headers["Authorization"].ShouldBe(Basic("s3cret").ToString());
        call.Json["eventType"]!.ToString().ShouldBe("workitem.created");
        call.Json["resource"]!["fields"]!["System.CreatedBy"]!.ToString().ShouldBe("Anna Berg <anna.berg@contoso.com>");
        call.Json["resourceContainers"]!["project"]!["id"].ShouldNotBeNull();
    }

    [Fact]
    public async Task An_update_has_the_number_of_the_update_for_an_id()
    {
        await SubscribeAsync();
        var (one, two) = (await ItemAsync("1"), await ItemAsync("2"));
        await DevOps.LinkAsync(two, Anna, "System.LinkTypes.Related", one);
        await DevOps.SetStateAsync(one, Anna, "Active");
        await DevOps.DrainAsync();

        var resource = Receiver.Calls.Last().Json["resource"]!;
        resource["id"]!.GetValue<int>().ShouldBe(3);
        (resource["workItemId"]!.GetValue<int>(), resource["rev"]!.GetValue<int>(), resource["revision"]!["id"]!.GetValue<int>()).ShouldBe((one, 2, one));
        resource["fields"]!["System.State"]!["newValue"]!.ToString().ShouldBe("Active");
    }

    [Fact]
    public async Task A_comment_is_told_as_update_and_as_comment()
    {
        await SubscribeAsync();
        var id = await ItemAsync("1");
        var comment = await DevOps.CommentAsync(id, Anna, "me too");
        await DevOps.DrainAsync();

        Receiver.Calls.Select(c => c.Json["eventType"]!.ToString()).ShouldBe(["workitem.created", "workitem.updated", "workitem.commented"]);
        var resource = Receiver.Calls.Last().Json["resource"]!;
        resource["fields"]!["System.History"]!.ToString().ShouldBe("me too");
        resource["commentVersionRef"]!["commentId"]!.GetValue<int>().ShouldBe(comment);
    }

    [Fact]
    public async Task Deleting_and_restoring_are_told()
    {
        await SubscribeAsync();
        var id = await ItemAsync("1");
        await DevOps.DeleteAsync(id, Anna);
        await DevOps.RestoreAsync(id, Anna);
        await DevOps.DrainAsync();

        Receiver.Calls.Skip(1).Select(c => c.Json["eventType"]!.ToString()).ShouldBe(["workitem.deleted", "workitem.restored"]);
        Receiver.Calls.ElementAt(1).Json["resource"]!["url"]!.ToString().ShouldEndWith($"/_apis/wit/recyclebin/{id}");
    }

    [Fact]
    public async Task Failures_lead_to_probation_and_one_success_back()
    {
        await SubscribeAsync();
        Receiver.Status = 500;
        await ItemAsync("1");
        await DevOps.DrainAsync();

        (await StatusesAsync())["workitem.created"].ShouldBe("onProbation");
        Receiver.Status = 200;
        await ItemAsync("2");
        await DevOps.DrainAsync();
        (await StatusesAsync())["workitem.created"].ShouldBe("enabled");
    }

    [Fact]
    public async Task What_may_pass_is_tried_eight_times_and_gone_ends_it_at_once()
    {
        await SubscribeAsync();
        Receiver.Status = 503;
        await ItemAsync("1");
        await DevOps.DrainAsync();
        Receiver.Calls.Count.ShouldBe(8);
        Receiver.Calls.Select(c => c.Json["id"]!.ToString()).Distinct().Count().ShouldBe(1);

        Receiver.Status = 410;
        await ItemAsync("2");
        await DevOps.DrainAsync();

        Receiver.Calls.Count.ShouldBe(9);
        (await StatusesAsync())["workitem.created"].ShouldBe("disabledBySystem");
        await ItemAsync("3");
        await DevOps.DrainAsync();
        Receiver.Calls.Count.ShouldBe(9);
    }

    [Fact]
    public async Task Eight_failures_in_a_row_end_it()
    {
        await SubscribeAsync();
        Receiver.Status = 400;

        for (var i = 0; i < 8; i++)
        {
            await ItemAsync($"{i}");
            await DevOps.DrainAsync();
        }

        (await StatusesAsync())["workitem.created"].ShouldBe("disabledBySystem");
    }

    [Fact]
    public async Task Subscriptions_can_be_made_over_http_and_do_not_show_their_secrets()
    {
        var project = (await GetAsync("/contoso/_apis/projects/Shop"))["id"]!.ToString();

        var made = await Bot.PostAsync($"/contoso/_apis/hooks/subscriptions?{Api}", new
        {
            publisherId = "tfs",
            eventType = "workitem.created",
            consumerId = "webHooks",
            consumerActionId = "httpRequest",
            publisherInputs = new { projectId = project },
            consumerInputs = new { url = Receiver.Address, httpHeaders = "X-Backlog-Secret:s3cret" },
        });
        await ItemAsync("1");
        await DevOps.DrainAsync();

        made.Status.ShouldBe(200, made.Text);
        Receiver.Calls.ShouldHaveSingleItem().Headers["X-Backlog-Secret"].ShouldBe("s3cret");
        (await Bot.GetAsync("/contoso/_apis/hooks/subscriptions")).Text.ShouldNotContain("s3cret");
    }

    private Task SubscribeAsync() => DevOps.SubscribeAsync("Shop", new AzureDevOpsHookTarget(Receiver.Address)
    {
        Headers = new Dictionary<string, string> { ["X-Backlog-Secret"] = "s3cret" },
        BasicUser = "",
        BasicPassword = "s3cret",
    });

    private async Task<Dictionary<string, string>> StatusesAsync() =>
        (await GetAsync("/contoso/_apis/hooks/subscriptions?publisherId=tfs"))["value"]!.AsArray().ToDictionary(s => s!["eventType"]!.ToString(), s => s!["status"]!.ToString());
}
