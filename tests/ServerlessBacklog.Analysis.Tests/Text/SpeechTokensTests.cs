using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Tests.Text;

public class SpeechTokensTests
{
    [Theory]
    [InlineData("How should I do it?", "how should i do it ?")]
    [InlineData("It doesn't work", "it doesn't work")]
    [InlineData("System.Net.Http hangs", "system.net.http system net http hangs")]
    [InlineData("getUserName", "getusername get user name")]
    [InlineData("Fails on 2.3.1 after 17 tries", "fails on <version> after <number> tries")]
    [InlineData("see https://example.org/a/b?c=1 now", "see <url> <url>example.org now")]
    [InlineData("ArgumentNullException thrown", "argumentnullexception <error> argument null exception thrown")]
    [InlineData("保存失败", "保 存 失 败")]
    [InlineData("", "")]
    [InlineData("... --- ///", "")]
    public void Tokens_keep_what_tells_the_kind_of_a_text(string text, string tokens)
    {
        var found = new List<string>();

        SpeechTokens.Scan(text, found);

        string.Join(' ', found).ShouldBe(tokens);
    }
}
