using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Triage.Commands;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class CommentLinesTests
{
    [Theory]
    [InlineData("<div>/backlog approve</div>", "approve")]
    [InlineData("<div>/backlog&nbsp;approve&nbsp;</div>", "approve")]
    [InlineData("<p>Fine.<br>/backlog approve<br/>Thanks.</p>", "approve")]
    [InlineData("<div><span style=\"color:red\">/backlog</span> <b>status</b></div>", "status")]
    [InlineData("<div>Yes.</div>\n<div>/backlog approve</div>\n<div>/backlog assign me</div>", "approve|assign me")]
    [InlineData("<div>/backlog reject because 1 &lt; 2 &amp; so on</div>", "reject because 1 < 2 & so on")]
    [InlineData("/backlog approve", "approve")]
    public void A_command_is_read_as_it_was_typed(string comment, string commands) =>
        CommandText.Find(CommentLines.Of(comment)).ShouldBe(commands.Split('|'));

    [Theory]
    [InlineData("<blockquote>/backlog approve</blockquote>")]
    [InlineData("<blockquote><div>Ada said:</div><div>/backlog approve</div></blockquote><div>Why?</div>")]
    [InlineData("<blockquote><blockquote>deep</blockquote><div>/backlog approve</div></blockquote>")]
    [InlineData("<pre><code>one\n/backlog approve\n</code></pre>")]
    [InlineData("<pre>/backlog approve")]
    [InlineData("<div><code>/backlog approve</code></div>")]
    [InlineData("<div>Write /backlog approve there.</div>")]
    [InlineData("<div>&lt;div&gt;/backlog approve&lt;/div&gt;</div>")]
    public void What_is_quoted_shown_or_spoken_of_is_none(string comment) => CommandText.Find(CommentLines.Of(comment)).ShouldBeEmpty();

    [Theory]
    [InlineData("<div>Any other comment.</div>")]
    [InlineData("Text with < and > and /backlog in it")]
    public void Other_comments_stay_as_they_are(string comment) => CommentLines.Of(comment).ShouldBe(comment);
}
