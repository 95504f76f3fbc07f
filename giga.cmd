@echo off
rem giga on Windows: the short twin of the shell script beside it. Needs JAVA_HOME set to a JDK 25 or newer and Maven on the PATH.
setlocal
if "%JAVA_HOME%"=="" (echo giga needs JAVA_HOME set to a JDK 25 or newer. 1>&2 & exit /b 1)
if not exist "%~dp0cli\target\lib" (
  echo Building giga ... 1>&2
  call mvn -B -q -DskipTests -f "%~dp0pom.xml" package 1>&2 || exit /b 1
)
if "%GIGA_HEAP%"=="" set GIGA_HEAP=512m
"%JAVA_HOME%\bin\java" -Xmx%GIGA_HEAP% -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dgiga.root="%~dp0." -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "%~dp0cli\target\*;%~dp0cli\target\lib\*" giga.cli.Giga %*
exit /b %ERRORLEVEL%
