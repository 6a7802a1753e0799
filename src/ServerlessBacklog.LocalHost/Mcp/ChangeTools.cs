using System.ComponentModel;
using ModelContextProtocol;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Questions;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalHost.Mcp;

/// <summary>The tool that proposes. There is none that confirms: that is a person's, and done outside of the protocol.</summary>
internal sealed class ChangeTools(McpAccess access)
{
    [Description("Makes a plan to change ONE item and changes nothing. Show the person the plan and the command that it returns: they confirm it in a terminal within ten minutes, or not.")]
    public Task<object> ProposeChangeAsync(
        [Description("What is wished, in plain words with the item's number: 'make 12 a P1', 'close 7 as duplicate of 5', 'assign 5 to ada', 'keep 15 open because …'.")] string wish,
        [Description("The backlog's name; not needed where there is one.")] string? backlog = null, CancellationToken cancellation = default) => McpAccess.RunAsync<object>(async () =>
    {
        var name = await access.BacklogAsync(backlog, cancellation);
        var answer = await access.Get<ChatDesk>().AnswerAsync(access.Get<IOrchestrationClient>(), new ChatAsk(name, new Person(access.By), wish) { IsOperator = true }, cancellation);
        return answer switch
        {
            { Plan: { } plan } => new { Status = "waits for a person", plan.Item, Change = plan.Says, ConfirmUntil = plan.Until, ToConfirm = $"backlog ask --backlog {Quoted(name)} --yes {plan.Token}" },
            { Kind: ChatKind.AskBack } => new { Status = "not clear", answer.Text, answer.Readings },
            { Kind: ChatKind.Answer } => throw new McpException("That is a question, no wish: use 'ask'."),
            _ => throw new McpException(answer.Text),
        };
    });

    private static string Quoted(string name) => $"\"{name.Replace("\"", "", StringComparison.Ordinal)}\"";
}
