//! Names and values as they are written, each with what of it is secret.
//!
//! Must not know how any of them is found.

use super::super::registry::Example;

/// What [`SECRET_ASSIGNMENT`](super::SECRET_ASSIGNMENT) finds, and what looks like that and is none.
pub(super) const EXAMPLES: &[Example] = &[
    Example("value=\"x\", \"value\": y, content=\"x\""),
    Example("password=«FAKEpass0000» user=x"),
    Example("export GITHUB_TOKEN=\"«FAKE0000»\""),
    Example("{\"password\": \"«FAKE\\\"0000»\", \"n\": 1}"),
    Example("{\\\"dbPassword\\\": \\\"«FAKE, 0000»\\\"}"),
    Example("api-key: «FAKE0000abcd»\n"),
    Example("my API key: «FAKE0000abcd», thanks"),
    Example("aws_secret_access_key = «FAKE0000+abcd/EXAMPLE0000»"),
    Example("mysql --password «FAKE0000» --token=«0000FAKE»"),
    Example("[\"psql\", \"--password\", \"«FAKE0000»\"]"),
    Example("?client_secret=«FAKE0000»&x=1"),
    Example("Server=db;Password=«FAKE;0000»;Database=x"),
    Example("os.environ[\"DB_PASS\"] = '«FAKE0000»'"),
    Example(":passphrase => \"«FAKE 0000»\""),
    Example("<Password>«FAKE0000»</Password>"),
    Example("let token: String = \"«FAKE0000»\";"),
    Example("PGPASSWORD=«FAKE0000»\\n"),
    Example("token=«FAKE»\n[... telemetry preview truncated ...]"),
    Example("CREATE USER fake IDENTIFIED BY «FAKE0000»;"),
    Example("IDENTIFIED WITH 'mysql_native_password' AS '«*FAKE0000ABCD»' REQUIRE"),
    Example("the password is «fake0000abcd», and the token is «0000fakeabcd0000»."),
    Example("ConvertTo-SecureString \"«FAKE~0000»\" -AsPlainText"),
    Example(
        "ConvertTo-SecureString $env:PW -AsPlainText -Force -ErrorAction Stop; Get-Secret -Name x1 -AsPlainText -Vault Fake0000",
    ),
    Example("PASSWORD_NEW=«FAKE0000abcd»; \"mot de passe\": \"«FAKE0000»\", impasse: fake0000"),
    Example("req.SetBasicAuth(\"fake\", \"«kennung»\"); setbasicauth(\"u\",\"«FAKE0000»\")"),
    Example(
        "| Reset password | FAKE-0000 |\n| password | varchar(60) |\n| Password | AES-256-GCM |\n| Password | «FAKE0000abcd» |",
    ),
    Example("cat password | base64; echo '«FAKE0000»' | ssh h 'cd /x; sudo -S ls'"),
    Example("Setenv(\"PWD\", \"/tmp\"); find_password(\"f\", \"fake0000:80\"); gh auth login -p https2"),
    Example("auth:\n  oauth2/v1.0\nPassword:\n  min_length=8\nsecret:\n  *default1a\n"),
    Example("user_key 550e8400-e29b-41d4-a716-446655440000, auth_token 3f2a9bcd1e2f45, api_key apiKeyV2Beta1"),
    Example(
        "password -> bcrypt2, password was updated: 2024-11-29T17:00:00Z, password for fake: AWS_SECRET_1, **Password:** 8+",
    ),
    Example("$p = ConvertTo-SecureString -String '«FAKE~0000»' -Force"),
    Example("echo \\\"ConvertTo-SecureString \\\"«FAKE~0000»\\\"\\\""),
    Example("PASSWORD = os.environ.get(\"PASSWORD\") or \"«FAKE0000»\""),
    Example("const password = process.env.DB_PASS || '«FAKE0000»';"),
    Example("&#34;password&#34;:&#34;«FAKE0000»&#34;,&#34;n&#34;:1"),
    Example("{&#x27;password&#x27;: &#x27;«FAKE0000»&#x27;} &#x22;api_key&#x22;: &#x22;«FAKE0000abcd»&#x22;"),
    Example("{\"name\":\"userPassword\",\"value\":\"«{SSHA}FAKE0000abcdEXAMPLE=»\"}"),
    Example("{\"key\": \"«aB3\\\"FAKE0000abcdEXAMPLEfake»\"}"),
    Example("password = env.DB_PASS ?? \"none\" || \"«FAKE0000»\""),
    Example("password=&quot;«FAKE0000»&quot; token\\u003d«0000fake0000abcd»"),
    Example("Secret: []byte{«70, 65, 75, 69, 48, 49, 97, 122»},"),
    Example("const password = new byte[] { «0x46, 0x41, 0x4b, 0x45, 0x30» };"),
    Example("sshpass -p «FAKE0000» ssh -p 2222 host; mysql -u root -p«FAKE0000» db; docker login -u x -p «FAKE0000»"),
    Example("curl_easy_setopt(curl, CURLOPT_PROXYUSERPWD, \"«fake:FAKE0000abcd»\");"),
    Example("pkey = (\"«FAKE0000abcdEXAMPLEfake0000ABCD»\")"),
    Example("PASWD:=«FAKE0000»"),
    Example("{\"kty\":\"EC\",\"x\":\"FAKE0000abcd\",\"d\":\"«FAKE0000abcd-EXAMPLE_0000»\"}"),
    Example("{\\\"k\\\": \\\"«FAKE0000abcd-EXAMPLE_0000»\\\", \\\"kty\\\": \\\"oct\\\"}"),
    Example("{\"d\":\"FAKE0000abcdEXAMPLE0000\",\"k\":\"FAKE0000abcdEXAMPLE0000\"}"),
    Example("<RSAKeyValue><Modulus>FAKE0000abcd</Modulus><D>«FAKE0000/abcdEXAMPLE0000=»</D></RSAKeyValue>"),
    Example("new_relic: \"«fake0000abcdfake0000abcdfake»\"; New-Relic = «fake0000abcdfake0000abcdfake»"),
    Example("HEROKU_KEY=«550e8400-e29b-41d4-a716-446655440000»; DROPBOX_KEY = \"«fake0000abcdfak»\""),
    Example("const ASANA_KEY = \"«0720561938012345»\"; setProperty(\"FAKE_TOKEN\", \"«072056193801234567»\")"),
    Example("sonar.login=«fake0000abcdfake0000» https://api.example/data?appid=«0000fa4e0000abcd1234»"),
    Example("  Postman: 0000fa4e0000abcd12340000fa4e0000abcd1234\n  Plaid: postman/postman-runtime:7.26.8"),
    Example("GITLAB_TOKEN=glpat-aaaaaaaaaaaaaaaaaaaa; azure: \"kv-prod-west-europe-001\""),
    Example("x_token = \"12345678901234567890123456789012\"; y_key = \"0123456789abcdef0123456789abcdef\""),
    Example("auth0_api_key = data.vault_generic_secret.auth0.data[\"api_key\"]"),
    Example("name,value\napi_key,«FAKE0000abcdFAKE0000»,prod"),
    Example("api_key,the_name_of_a_column,prod and a,api_key,FAKE0000abcdFAKE0000"),
    Example(
        "$fakeToken ??= \"«FAKE0000abcd»\"; $ENV{'FAKE_API_KEY'} = '«FAKE0000abcd»'; $ENV{API_KEY}='«FAKE0000abcd»'",
    ),
    Example("{\"value\":\"«FAKE0000abcd»\",\"name\":\"API_KEY\"}"),
    Example("<add value=\"«FAKE0000abcd»\" key=\"FakeApiKey\" />"),
    Example("<meta-data android:name=\"com.fake.API_KEY\" android:value=\"«FAKE0000abcd»\"/>"),
    Example("<meta name=\"fake-api-key\" content=\"«FAKE0000abcd»\"> <meta name=\"page\" content=\"FAKE0000abcd\">"),
    Example("curl -u '«FAKE0000abcdFAKE0000»:x' h; curl -u fake:'«FAKE0000»' -iX PUT h"),
    Example("machine h.example login fake password «FAKE0000»"),
    Example("<key>Password</key>\n  <string>«FAKE0000»</string>"),
    Example("password: |-\n    «FAKE0000»\n"),
    Example("requests.get(url, auth=(\"fake\", \"«FAKE0000»\")) HTTPBasicAuth('fake', '«FAKE0000»')"),
    Example("server.login(\"fake@h\", \"«FAKE0000»\") and form.login(\"title\", \"subtitle\")"),
    Example("aws configure set aws_secret_access_key «FAKE0000abcdEXAMPLEfake0000+abcd/EXAMPLE»"),
    Example("requirepass «FAKE0000abcd»\nmasterauth «fake0000~abcd»"),
    Example("the secret v1beta1.Secret and the passphrase sha256 of a secret 1234 or passwd 0000abc"),
    Example("{\"key\":\"db.password\",\"value\":{\"stringValue\":\"«FAKE0000abcd»\"}}"),
    Example("\\\"key\\\": \\\"api_key\\\", \\\"value\\\": {\\\"stringValue\\\": \\\"«FAKE0000abcd»\\\"}"),
    Example("\"key\": \"smtp.password\",\n  \"value\": {\n    \"stringValue\": \"«FAKE0000abcd»\"\n  }"),
    Example(
        "key:\"db.password\" value:{string_value:\"«FAKE0000abcd»\"}\nkey:\"token\"\nvalue:{\n string_value:\"«fake0000abcd»\"}",
    ),
    Example(
        "- key: db.password\n  value:\n    stringValue: \"«FAKE0000abcd»\"\n- key: 'token'\n  value: {stringValue: «fake0000abcd»}",
    ),
    Example("{\"Key\":\"db.password\" , \"Value\":{\"StringValue\":\"«FAKE0000abcd»\"}}"),
    Example("master_password            = \"«FAKE~0000»\"\ntoken          := \"«fake0000abcd»\""),
    Example("pass = \"«FAKE0000~fake»\"; DBPASS=«FAKE0000»; x: {user: 'x', pass: '«FAKE0000~»'}; rootpw=«FAKE0000»"),
    Example("PASS: TestLogin (0.00s), pass: true, pass = pass + 1, bypass = \"FAKE0000\", pass: 5th"),
    Example("PASSWORD_DEV=«FAKE0000» secret_prod = \"«fake0000abcd»\"; api_token_old: \"«fake0000abcd»\""),
    Example("password_length = 12; token_type = \"fake0000abcd\"; password_policy: \"FAKE0000\""),
    Example("let secret = Some(\"«fake0000abcd»\".to_string()); key: SECRET = []byte(\"«fake0000abcd»\")"),
    Example("password = getpass(\"Enter password 1: \"); token = os.getenv(\"TOKEN_0000abcd\")"),
    Example("const token =\n  \"«fake0000abcd»\";\nAPI_KEY = (\n    '«fake0000abcd»'\n)"),
    Example("password:\n  \"length\": 8\ntoken:\n  type: FAKE0000"),
    Example("char password[] = L\"«FAKE0000»\"; PASSWORD = \"\"\"«FAKE0000»\"\"\""),
    Example("string Password { get; set; } = \"«FAKE0000»\"; string Name { get; set; } = \"FAKE0000\";"),
    Example(
        "{\"password\": {\"value\": \"«FAKE0000»\"}, \"adminSecret\": { \"type\": \"x\", \"defaultValue\": \"«FAKE0000»\" }}",
    ),
    Example("variable \"db_password\" {\n  type    = string\n  default = \"«FAKE0000»\"\n}"),
    Example("{\"password\": {\"type\": \"FAKE0000\", \"minLength\": 8}, \"value\": \"FAKE0000\"}"),
    Example("DRIVER={SQL Server};PWD={«FAKE~0000»};x token = «“fake0000abcd”»"),
    Example("secret: str | None = \"«FAKE0000»\"; token: Final[str] = \"«fake0000abcd»\""),
    Example("password: «hunter0000» status = \"good\""),
    Example("Password: «FAKE0000», Server = db1; api_key: «0000fa4e0000abcd12340000fa4e0000», region = \"eu\""),
    Example("token=«fake0000abcd1234，已过期» api_key = «0000fa4e0000abcd12340000fa4e。»"),
    Example("{\"password\": {\"type\": \"value\", \"value\": \"«FAKE0000»\"}, \"a\": 1}"),
    Example(
        "{\"cmd\":\"echo \\\"«FAKE0000abcd»\\\" | sudo -S ls\"}; echo $(aws ecr get-login-password1) | docker login --password-stdin",
    ),
    Example("Password=\"\"\" & pwd & \"\"\";User=x1\nDB_PASSWORD=\n\"GET /index 200 ok1\""),
    Example("pass: \"5 checks\", pass = 12345678, pass := NewPass2(\"x\")"),
    Example("<property name=\"password\">«FAKE0000abcd»</property><db:password>«FAKE0000»</db:password>"),
    Example("<label for=\"password\">Kennung0</label><string name=\"password\">Kennung</string>"),
    Example("new PasswordAuthentication(\"fake\", \"«FAKE0000»\"); mysqli_connect(\"h\", \"root\", \"«FAKE0000»\")"),
    Example("secret = \"«FAKE0000»\" + \"«abcd0000»\""),
    Example("비밀번호: «FAKE0000», пароль = «FAKE0000», contraseña: '«FAKE0000»', 密码：x"),
    Example(
        "token: !vault |\n  x; secret = hashlib.sha256(pw).hexdigest(x); password = $1; existingSecret: my-release-db0",
    ),
    Example("{\"key\":\"model\",\"value\":{\"stringValue\":\"FAKE0000abcd\"}}"),
    Example("production:\n  secret_key_base: «fa4e0000abcd1234fa4e0000abcd1234»\n"),
    Example("the key src/2024/Fake0000/abcd/EXAMPLE_1.rs and the key 0000abcd"),
    Example("?sv=2020-08-04&sig=«FAKE0000abcdEXAMPLE%3D»&se=x and erl -setcookie «FAKE0000abcd»"),
    Example("a password field; the password must have 8 letters; Password required; enter password again"),
    Example("<key>Label</key><string>FAKE0000</string> password: |-\n\nx"),
    Example("{\"auth\": \"«ZmFrZTpzZWNyZXQhd29yZA==»\"}"),
    Example("(user/password): «FAKE0000» AstraCS:«FAKEabcd0000:0000fa4e0000abcd»"),
    Example("keytool -list -keystore x.jks -storepass «FAKE0000» -keypass «0000fake»"),
    Example(
        "echo '«FAKE0000»' | sudo -S ls; echo «FAKE0000» | passwd --stdin fake && echo -n \"«FAKE0000abcd»\" | docker login -u fake --password-stdin",
    ),
    Example("printf '%s\\n' '«FAKE0000»' | podman login --password-stdin; echo \"fake:«FAKE0000»\" | sudo chpasswd"),
    Example(
        "echo $TOKEN | docker login --password-stdin; cat file | docker login --password-stdin; echo y | ls -S; echo \"a:FAKE0000\" | cat; chpasswd; ls -b a b c",
    ),
    Example("sqlplus -S fake/«FAKE0000»@//db.example/x"),
    Example("npm i fake/FAKE0000@1.2 and sqlplus /@db fake@db.example/x"),
    Example("lftp -u «fake,FAKE0000» h.example"),
    Example("ls -u fake,FAKE0000; lftp -u fake h.example; http -v a:FAKE0000 https://h.example -a x"),
    Example(
        "htpasswd -b -c /etc/fake fake «FAKE0000»\nhtpasswd -bc /etc/fake fake «FAKE0000» && htpasswd -nb fake «FAKE0000abcd»\nhtpasswd -c /etc/fake fake next",
    ),
    Example(
        "http -a «fake:FAKE0000» h.example; curl -u «FAKE0000abcdEXAMPLE»: h.example; net rpc -U «fake%FAKE0000» x",
    ),
    Example("snmpwalk -v2c -c «FAKE0000» h.example; snmpget -c public h.example; gcc -c FAKE0000.c"),
    Example(
        "snyk auth «0000fa4e-0000-abcd-1234-00000000fa4e» ngrok authtoken «0FAKE0000abcdEXAMPLEFAKE000_FAKE0000abcdEXAMPLE00»",
    ),
    Example("snyk authentication-of-0000-users-and-1234-more vault login -method=userpass0000abcd"),
    Example(
        "enable password 7 «060506324F41»\nusername x secret 5 «FAKE0000$abcd»\n tacacs-server key 7 «060506324F41584B56»\n",
    ),
    Example("snmp-server community «FAKE0000abcd» RO\n pre-shared-key ascii-text \"«FAKE0000»\";"),
    Example("set password ENC «FAKE0000abcdEXAMPLE+abcd/EX==»\n set psksecret ENC «FAKE0000abcdEXAMPLE0000abcd==»\n"),
    Example(
        "secret 1234 times, a password 8 letters long, the secret 1 of 2, a password 7 days old, key 7 of 12 and key 7 0000abcd; session 7 1234567890",
    ),
    Example("the password is required, the secret is safe, the password is base64-encoded, the token is invalid2"),
    Example("it is identified by name, a key is 16 bytes long, run as password by hand"),
    Example("tokens: [15496, 995, 1234, 5678, 9101, 2345, 6789, 1011, 1213], sizes: [1, 2, 3, 4, 5, 6, 7, 8, 9]"),
    Example("secret = []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}"),
    Example("mkdir -p fake/Fake0000; docker run -p 8080:80 x; ssh -p 2222 host; mysql -u root -p db"),
    Example("password = props.password || \"the password is missing\""),
    Example("login(client_secret=lib.Thing.Missing, secret=lib.Thing.Missing):"),
    Example("{key: '0000fa4e-0000-abcd-1234-00000000fa4e', private_key: \"server2048.pem\"}"),
    Example("token: fake0000abcd..[Redacted]"),
    Example("password: &quot;&quot; secret: String&lt;u8&gt;"),
    Example("{input_token_count: 12, max_tokens=100, token_type: \"bearer\", tokens: 5, token: 7}"),
    Example("password= user=x"),
    Example("password=${PASSWORD} token=$TOKEN secret=<secret> api_key=YOUR_API_KEY pwd=xxxx"),
    Example("{\"password\": null, \"secret\": \"****\", \"token\": true}"),
    Example("password=[redacted:secret-assignment], token: [redacted 12 chars]"),
    Example("password: string; token: Option<String>, secret = load_secret(x)"),
    Example("login(password=password, token=self.token, refresh_token: refresh_token)"),
    Example("primary_key=0000abcd public_key: 0000abcd"),
    Example("unexpected token: identifier"),
    Example("the password is wrong; author: jane; keyboard=us"),
    Example("std::token::Kind, pass: 12 passed, PASS: tests/Fake0000.sh"),
    Example("redis-cli -h x -p 6379 -a «FAKE0000» ping; cf login -u x -p «FAKE0000~»; useradd -p «FAKE0000abcd» fake"),
    Example("mosquitto_pub -u x -P «FAKE0000» -t t; etcdctl --user «root:FAKE0000» get x; ls -a FAKE0000 -P FAKE0000"),
    Example("kubectl create secret generic x --from-literal=first=«FAKE0000» --from-literal user=fake"),
    Example("kubectl create configmap x --from-literal=first=FAKE0000; git push --body FAKE0000; x --value FAKE0000"),
    Example("aws ssm put-parameter --name /x --type SecureString --value \"«FAKE~0000»\" --region x"),
    Example(
        "aws secretsmanager create-secret --name x --secret-string «FAKE0000abcd»; gh secret set X --body «FAKE0000»",
    ),
    Example(
        "ConvertTo-SecureString -AsPlainText -Force '«FAKE~0000»'\n\"«FAKE0000~»\" | ConvertTo-SecureString -AsPlainText -Force",
    ),
    Example(
        "ConvertTo-SecureString $p -AsPlainText -Force)\nWrite-Host 'FAKE0000'; $p | ConvertTo-SecureString -AsPlainText",
    ),
    Example(
        "sudo -S <<< \"«FAKE0000»\" apt update; docker login -u x --password-stdin <<< «FAKE0000abcd»; cat -S <<< FAKE0000",
    ),
    Example("jdbc:oracle:thin:fake/«FAKE0000»@//db.example:1521/x; urn:fake/FAKE0000@1"),
    Example("<password type=\"plain\">«FAKE0000»</password> <a:Password Type=\"x#y\">\n «0000fake»\n</a:Password>"),
    Example(
        "<password type=\"plain\">word</password> <secret name=\"x\"/></secret> <p class=\"password\">FAKE0000</p>",
    ),
    Example(
        "<property name=\"x.password\" encrypted=\"false\">«FAKE0000»</property> <a id=\"password\" href=\"x\">Reset it</a>",
    ),
    Example(
        "<property>\n  <name>x.password</name>\n  <value>«FAKE0000»</value>\n</property><name>x</name><value>FAKE0000</value>",
    ),
    Example("<param-name>password</param-name><param-value>«FAKE0000»</param-value>"),
    Example("<setting name=\"Password\" serializeAs=\"String\">\n  <value>«FAKE0000»</value>\n</setting>"),
    Example("<member><name>password</name><value><string>«FAKE0000»</string></value></member>"),
    Example("**Password**: «FAKE0000»; **Password:** «0000fake», <li><b>Password:</b> «FAKE~0000»</li>"),
    Example("<td>Password:</td> <td>«FAKE0000»</td>; <label>Password:</label> <input type=\"text\" name=\"x\">"),
    Example(
        "password <- \"«FAKE0000»\"; (\"password\" -> \"«FAKE0000abcd»\", \"secret\" to \"«0000fakeabcd»\"); \"password\" -> \"Label\"",
    ),
    Example("[{default_pass, <<\"«FAKE0000abcd»\">>}]; page.type('input[name=password]', '«FAKE0000abcd»')"),
    Example(
        "add_argument(\"--password\", type=str, default=\"«FAKE0000»\", help=\"x\"); fill_in 'Password', with: '«FAKE0000»'",
    ),
    Example(
        "config(\"secret\", default=\"\"), f(\"password\", x), g(default=\"FAKE0000\"); h(\"password\", cast=str)(default=\"FAKE0000\")",
    ),
    Example(
        "password: str = Field(default=\"«FAKE0000»\"); secret: SecretStr = SecretStr(\"«fake0000»\"); token: str = Field(title=\"FAKE0000\")",
    ),
    Example(
        "getenv(\"DB_PASSWORD\") ?: \"«FAKE0000»\"; env.get('PASSWORD') || '«0000fake»'; get(\"PASSWORD\") + \"FAKE0000\"",
    ),
    Example(
        "const PASSWORD: &'static str = \"«FAKE0000»\"; static SECRET: &[u8] = b\"«0000fake»\"; Dim password As String = \"«FAKE0000»\"",
    ),
    Example(
        "flag.StringP(\"password\", \"p\", \"«FAKE0000abcd»\", \"usage\"); url.UserPassword(\"fake\", \"«FAKE0000abcd»\")",
    ),
    Example(
        "expect \"Password:\" { send \"«FAKE0000\\r»\" }\nexpect \"assword: \"\nsend -- \"«0000fake\\r»\"; expect \"x\" { send \"FAKE0000\" }",
    ),
    Example(
        "Content-Disposition: form-data; name=\"password\"\r\n\r\n«FAKE0000»\r\n--x; name=\"user\"\r\n\r\nFAKE0000\r\n",
    ),
    Example(
        "x:\n  password:\n    «fake0000»\n  user: x\n  password:\n    word\n  password:\n    fake0000: x\n  password:\n  fake0000\n",
    ),
    Example("db:\n  pass: «fake0000»\n  x: y"),
    Example(
        "jwt.sign(payload, '«FAKE0000abcd»', { x: 1 }); jwt.encode({\"a\": 1}, \"«0000fake»\", algorithm=\"x\"); sign(payload, 'FAKE0000abcd')",
    ),
    Example(
        "crypto.createHmac('sha256', '«FAKE0000»'); hash_hmac('sha256', $data, '«FAKE0000»'); createHash('sha256', 'FAKE0000')",
    ),
    Example(
        "hmac.new(b\"«FAKE0000»\", x, sha256); AES.new(b'«FAKE0000abcd»', m); Fernet(\"«0000fakeabcd»\"); list.new(b\"FAKE0000\")",
    ),
    Example(
        "new SecretKeySpec(\"«FAKE0000»\".getBytes(), \"AES\"); Algorithm.HMAC256(\"«FAKE0000»\"); hmacShaKeyFor(\"«0000fake»\")",
    ),
    Example(
        "createCipheriv('aes-256-gcm', Buffer.from('«FAKE0000abcd»'), iv); CryptoJS.AES.encrypt(\"text\", \"«FAKE0000»\")",
    ),
    Example(
        "t.SignedString([]byte(\"«FAKE0000»\")); hmac.New(sha256.New, []byte(\"«0000fake»\")); w.Write([]byte(\"FAKE0000\"))",
    ),
    Example("new NetworkCredential(\"fake\", \"«FAKE0000»\"); smtp.PlainAuth(\"\", \"fake@h\", \"«FAKE0000»\", \"h\")"),
    Example(
        "pymysql.connect(\"h\", \"root\", \"«FAKE0000»\", \"db\"); signal.connect(\"first\", \"second\", \"FAKE0000\")",
    ),
    Example(
        "expect(user.password).toBe('«FAKE0000»'); expect(user.name).toEqual('FAKE0000'); assertEquals(\"«0000fake»\", user.getPassword())",
    ),
    Example(
        "getByLabel('Password').fill('«FAKE0000»'); find(\"password\").send_keys(\"«FAKE0000»\"); var(\"PASSWORD\").unwrap_or(\"«0000fake»\")",
    ),
    Example(
        "INSERT INTO users (name, password, age) VALUES ('fake', '«FAKE0000»', 1), ('jane', MD5('«0000fake»'), 2); (name) VALUES ('FAKE0000')",
    ),
    Example("storepass=«FAKE0000», adminpass: «FAKE0000», bypass=FAKE0000; bindpw «FAKE0000»"),
    Example("| user | password |\n|---|---|\n| fake | «FAKE0000» |\n| jane | word |\n\n| fake | FAKE0000 |"),
    Example(" user | password | x \n------+----------+---\n fake | «FAKE0000» | FAKE0000\n\n x | 0000fake | y"),
    Example("+---+\r\n| password | user |\r\n+---+---+\r\n| «FAKE0000» | 0000fake |\r\n"),
    Example("| Password | `«FAKE0000»` |\n| password | a password of at least 8 letters |\n| password | email |"),
    Example(
        "password changed to «FAKE0000», temporary password for 'fake' is: «FAKE0000ab». password set to \"«0000fake»\"",
    ),
    Example(
        "A temporary password is generated for root@localhost: «FAKE0000,ab»\nNew password for user fake is «fake0000abcd»",
    ),
    Example(
        "password for user fake1 is required, password for fake: \nfake0000, the password was changed by fake0000 to it",
    ),
    Example("Password → «FAKE0000», password -> «0000fake», password – a word, password - see 2"),
    Example("rabbitmqctl change_password fake «FAKE0000»"),
    Example(
        "connect(process.env.DB_PASSWORD || \"«FAKE0000»\"); x = env[\"DB_PASSWORD\"] ?? '«0000fake»'; user.password || 'type your password'",
    ),
    Example(
        "secret = new String(\"«fake0000»\"); token: to.Ptr(\"«fake0000abcd»\"), password = Secret::new(\"«FAKE0000»\".into()); password = new Field(\"Kennwort\")",
    ),
    Example(
        "password: z.string().default(\"«FAKE0000»\"), password = CharField(max_length=8, default=\"«0000fake»\"); secret: f(x, fallback=\"FAKE0000\")",
    ),
    Example(
        "user=[fake], password=[«FAKE0000»], x=[y]; password: [a-zA-Z0-9], password=[optional], password [FAKE0000](x), secret: [0-9]{8}",
    ),
    Example("{\"password\":{\"S\":\"«FAKE0000»\"},\"user\":{\"S\":\"FAKE0000\"}}"),
    Example(
        "querySelector('#password').value = '«FAKE0000»'; x.value = 'FAKE0000'; password.equals(\"«0000fake»\"); token.size = 0x00001234",
    ),
    Example("az keyvault secret set --vault-name x --name y --value «FAKE0000»; <db.password>«FAKE0000»</db.password>"),
    Example("setenv DB_TOKEN «fake0000abcd»; #define DB_TOKEN 0x00001234fake; the token 0000fakeabcd1234"),
    Example(
        "os.getenv(\"DB_PASSWORD\", \"«fakerabbit»\"); define('DB_PASSWORD', '«fakerabbit»'); t(\"WRONG_PASSWORD\", \"fakerabbit\")",
    ),
    Example(
        "user.setPassword(\"«fakerabbit»\").withSecret(\"«fakerabbit»\"); .password('«fakerabbit»'); askPassword(\"fakerabbit\"); set_password(\"fake\", \"user\", x)",
    ),
    Example("the password is: «FAKE0000», initial password is set: «0000fake», password is: required"),
    Example(
        "~ password = \"«0000fake»\" -> \"«FAKE0000»\"\n user, pass := \"root\", \"«FAKE0000»\"; user, x = \"FAKE0000\", \"FAKE0000\"",
    ),
    Example(
        "<password>{«AQAAABAAAAAQFAKE0000abcdEXAMPLE=»}</password><password>{password}</password><secret>{{ x0 }}</secret>",
    ),
    Example("SECRET_ID = \"fake0000abcd\", SecretId: fake/0000abcd"),
    Example("CONNECT fake/«FAKE0000»@db; reconnect fake/FAKE0000@db; CONNECT x.example:443"),
    Example(
        "Unseal Key 1: «FAKE0000abcdEXAMPLEfake0000+abcd/EXAMPLEabcd»\nRecovery Key 10: «0000fakeabcd»; Unseal Key 1 of 5: x",
    ),
    Example("x\nPASS FAKE0000x in 2 s\nUSER fake\r\nPASS «FAKE0000»\r\n230 in"),
    Example(
        "the following password to proceed to installation:\n\n«0000fa4e0000abcd12340000fa4e0000»\n\npassword to proceed to it1",
    ),
    Example(
        "The password for the elastic built-in superuser is : «FAKE0000+abcd»; SET PASSWORD FOR fake = '«FAKE0000»';",
    ),
    Example("the api key «FAKE0000abcdEXAMPLE» is invalid, the api key v1beta1 is old"),
    Example(
        "db.example:5432:*:fake:«FAKE0000»\n*:5432:x:fake:«0000fake~»\nports: 127.0.0.1:5432:5432\nh:5432:a:b\nat 10:5432:10:11",
    ),
    Example(
        "<property name=\\\"x.password\\\" encrypted=\\\"false\\\">«FAKE0000»</property>\\n<name>x.secret</name>\\n  <value>«0000fake»</value>",
    ),
    Example("x | password | y\\n---|---|---\\nfake | «FAKE0000» | 0000fake\\n\\nfake | 0000fake | x\\n"),
    Example("- name: DB_PASSWORD\\n  value: «FAKE0000»\\n- name: DB_USER\\n  value: FAKE0000\\n"),
    Example(
        "var(\\\"PASSWORD\\\").unwrap_or(\\\"«FAKE0000»\\\"); [{pass, 1}, {default_pass, <<\\\"«FAKE0000abcd»\\\">>}]",
    ),
    Example("x:\\n  pass: «fake0000»\\n  y: z\\n"),
    Example(
        "#define FAKE_PASS    \"«fakerabbit»\"; #define SECRET_KEY  \"«FAKE0000abcd»\"; #define API_PASS   \"PASS\"; #undef FAKE_PASS  \"x\"",
    ),
    Example(
        "b64encode(b'«fake:fakerabbit»'); btoa(\"«fake@h:rabbit»\"); EncodeToString([]byte(\"«fake:0000»\")); btoa(\"10:30\"), btoa(\"x:{y}\")",
    ),
    Example("echo -n '«fake:rabbit»' | base64; echo 'time: 10:30' | base64; echo \"fake:«rabbit»\" | chpasswd"),
    Example(
        "new mysqli(\"h\", \"root\", \"«fake»\", \"db\"); new Sequelize('db', 'root', '«fake»'); WiFi.begin(\"home\", \"«fakerabbit»\")",
    ),
    Example(
        "map.put(\"password\", \"«fakerabbit»\"); map.put(\"password\", \"required\"); page.fill('#password', '«fakerabbit»'); c.set('x.password', '«f4ke»')",
    ),
    Example(
        "password_field.send_keys(\"«fakerabbit»\"); name_field.send_keys(\"fakerabbit\"); get('[type=\"password\"]').type('«fakerabbit»')",
    ),
    Example("String PASS = \"«qzfkwvbn»\"; char pass[] = \"«fake0000»\"; PASS = \"passed\"; pass = 12345678"),
    Example("define('AUTH_KEY', '«fake 0000 ~+[x 1qiTw»'); define('AUTH_KEY', 'put your phrase here')"),
    Example(
        "<password>«fakerabbit»</password>, contraseña = \"«qzfkwvbn»\", mdp = 'mot secret', &appid=«0000fa4e0000abcd»",
    ),
    Example("SECRET_KEY = '«fzkq-pwgxv-hjdq»', token: 'the-name-of-it'; user, password = \"fake\", \"«fakerabbit»\""),
    Example(
        "secret := &core1.Secret{}; key = Ed25519Key.generate(); salt = keccak256(\"x\"), tokens = quote!(x); secret = &self.secret_0",
    ),
    Example(
        "def f(password: bytes): pass; (token: String): x; f(salt=None): y; token: OAuth2Token\n pwd: *mut c_char, z",
    ),
    Example(
        "password: The user's one; secret: Required. It is; PWD: got %q, want; password: «fakerabbit» for the admin",
    ),
    Example("class FakePass : public Base {}; X_TOKEN = 0x0000, max_token => 10_000; await: token = await f(x)"),
    Example("env(\"PWD=\"+pwd), f(kv, \"PWD=\") {; read \"password : \" Pass; n(\"<password>\"); `--password`, x"),
    Example(
        "password => 'required|min:6', secret: \"${A}:${B}\", \"must be at least\", password: \"It must be long\", x_pat = r'[a-z](?:x)'",
    ),
    Example(
        "slack: «QFAKE0000ABCDEXAMPLE1», slack_2 = \"«fake0000abcd1234FAKE»\", contraseña: \"«Fañe0000!x»\", (user=x, password=«rabbit»; z)",
    ),
    Example("password = \"«life is not fair at all»\", password: «dragon» must be changed, password: «*Rabbit0000»"),
];
