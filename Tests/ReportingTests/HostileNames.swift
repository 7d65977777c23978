/// Names that some format, terminal or spreadsheet would take for something else.
let hostileNames = [
  "plain", "a|b", "a\\|b", "a\\", "|", "two\nlines", "cr\r\nlf", "tab\there", "\u{1B}[31mred\u{1B}]0;title\u{7}",
  "\u{7F}\u{9B}2J",
  "<script>alert(1)</script>", "[x](javascript:alert(1))", "![i](x)", "`code`", "``", "a`b|c", "*bold*", "_x_",
  "__init__", "**",
  "# heading", "- item", "1. one", "> quote", "&lt;b&gt;", "&#60;", "~~gone~~", "$x$", "=1+1", "+1", "-1+1", "@SUM(A1)",
  "\t=1",
  "\r=1", "  =1", "\"=1\"", "'=1", "＝1", "-5", "1,234", "007", "say \"hi\"", "a, b", "漢字テスト", "🚢🇩🇪👨‍👩‍👧", "e\u{301}",
  "\u{202E}evil", "\u{200B}", "\u{FEFF}x", "a\u{0}b", "\u{2028}", "", " ", "<a id=\"x\">",
  "https://example.com/?a=b&copy=1", "a_b_c",
  "a|\u{301}b", "`\u{301}x`", "<\u{301}b>", "=\u{301}1", "- \u{301}",
  String(repeating: "x", count: 300), String(repeating: "字", count: 90),
  "word " + String(repeating: "long-", count: 30),
]
