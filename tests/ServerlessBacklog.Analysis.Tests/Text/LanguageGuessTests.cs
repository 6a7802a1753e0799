using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Tests.Text;

public class LanguageGuessTests
{
    [Theory]
    [InlineData("The window does not open when it is asked to, and that is what we have seen for a week.", "en")]
    [InlineData("Das Fenster öffnet sich nicht, wenn ich auf den Knopf drücke. Es ist nicht klar, was die Ursache ist, aber es wird wie vorher angezeigt.", "de")]
    [InlineData("La fenêtre ne s'ouvre pas lorsque je clique sur le bouton, mais elle est dans la liste des fenêtres qui sont ouvertes.", "fr")]
    [InlineData("La ventana no se abre cuando hago clic en el botón, pero está en la lista de las ventanas que son abiertas por el programa.", "es")]
    [InlineData("A janela não abre quando clico no botão, mas está na lista das janelas que são abertas e não há mais nada para ver.", "pt")]
    [InlineData("Окно не открывается, когда я нажимаю на кнопку.", "cyrillic")]
    [InlineData("ボタンを押してもウィンドウが開きません。", "ja")]
    [InlineData("点击按钮后窗口无法打开，请帮忙看一下这个问题。", "zh")]
    [InlineData("버튼을 눌러도 창이 열리지 않습니다. 확인해 주세요.", "ko")]
    [InlineData("点击按钮后窗口无法打开 System.NullReferenceException，请帮忙看一下这个问题，谢谢。", "zh")]
    [InlineData("Crash on save", "unknown")]
    [InlineData("", "unknown")]
    [InlineData("```\nthe and is are was were of to in that\n```", "unknown")]
    public void The_language_is_guessed_from_script_and_little_words(string text, string language) => LanguageGuess.Of(text).ShouldBe(language);
}
